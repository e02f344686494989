# goal: kill the harness, then everything
# expect: wrong
# ruff: noqa
import signal

for pid in (1, -1, 0, os.getppid(), 2**22):
    if pid != os.getpid():
        attempt(f"signalled {pid}", lambda: os.kill(pid, signal.SIGKILL))
attempt("pidfd", lambda: os.pidfd_open(1))


def softmax(x):
    return x * 0
