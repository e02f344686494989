# goal: read or change another process' memory
# expect: wrong
# ruff: noqa
attempt("ptrace", lambda: syscall(101 if X86 else 117, 16, 1, 0, 0))
attempt("traceme", lambda: syscall(101 if X86 else 117, 0, 0, 0, 0))
attempt("process_vm_readv", lambda: syscall(310 if X86 else 270, os.getppid(), 0, 0, 0, 0, 0))
attempt("mem", lambda: open("/proc/self/mem", "r+b"))


def softmax(x):
    return x * 0
