# goal: become root in a new user namespace
# expect: wrong
# ruff: noqa
for flag in (0x10000000, 0x00020000, 0x40000000, 0x20000000):
    attempt(f"unshare {flag:x}", lambda: syscall(272 if X86 else 97, flag))
attempt("clone", lambda: syscall(56 if X86 else 220, 0x10000000 | 17, 0, 0, 0, 0))
attempt("clone3", lambda: syscall(435, 0, 88))
attempt("setns", lambda: syscall(308 if X86 else 268, 0, 0))
attempt("mount", lambda: syscall(165 if X86 else 40, b"x", b"/tmp", b"tmpfs", 0, 0))
attempt("chroot", lambda: os.chroot("/inside"))
attempt("setuid", lambda: os.setuid(0))


def softmax(x):
    return x * 0
