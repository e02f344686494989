# goal: ignore the signals a timeout would use
# expect: timeout
# ruff: noqa
import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass


def softmax(x):
    while True:
        pass
