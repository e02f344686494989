# goal: read or change another process' memory, descriptors and signals by newer calls
# expect: wrong
# ruff: noqa
parent = os.getppid()
barred("process_vm_readv 310 270 process_vm_writev 311 271 ptrace 101 117", parent, 0, 0, 0, 0, 0)
barred("pidfd_open 434 434 pidfd_getfd 438 438 pidfd_send_signal 424 424", parent, 0, 0, 0)
barred("process_madvise 440 440 process_mrelease 448 448 kcmp 312 272", parent, 0, 0, 0)
barred("get_robust_list 274 100 move_pages 279 239 migrate_pages 256 238", parent, 0, 0, 0)
barred("rt_sigqueueinfo 129 138 rt_tgsigqueueinfo 297 240 tkill 200 130", parent, 9, 9, 9)
for pid in (0, -1, 1, parent, 2, 2**31 - 1):
    if pid != os.getpid():
        barred("kill 62 129", pid, 9)
        barred("tgkill 234 131", pid, pid, 9)
        barred("prlimit64 302 261", *([pid, 0, 0, 0] if pid else [-2, 0, 0, 0]))


def softmax(x):
    return x * 0
