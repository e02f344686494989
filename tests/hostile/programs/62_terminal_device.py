# goal: reach the user's terminal or devices
# expect: wrong
# ruff: noqa
import fcntl

for place in ("/dev/tty", "/dev/console", "/dev/mem", "/dev/pts/0", "/dev/null"):
    attempt("opened " + place, lambda: open(place, "r+b"))
attempt("TIOCSTI", lambda: fcntl.ioctl(0, 0x5412, b"x"))


def softmax(x):
    return x * 0
