# goal: a new process by fork, vfork, clone and clone3 with any flags
# expect: wrong
# ruff: noqa
FLAGS = {
    "none": 17,
    "vfork": 0x00004000 | 0x00000100 | 17,
    "same memory": 0x00000100,
    "same parent": 0x00008000 | 17,
    "thread in a user namespace": 0x10010000 | 0x00000D00,
    "thread in a pid namespace": 0x20010000 | 0x00000D00,
    "thread in a time namespace": 0x00010080 | 0x02000000,
    "high half": 1 << 32 | 17,
}
for name, flags in FLAGS.items():
    barred("clone 56 220", flags, 0, 0, 0, 0)
barred("clone3 435 435", 0, 88)
barred("fork 57 - vfork 58 - execve 59 221 execveat 322 281 wait4 61 260 waitid 247 95")
attempt("forked with a terminal", os.forkpty)


def softmax(x):
    return x * 0
