# goal: be ended by one's own alarm, as if from outside
# expect: crash
# ruff: noqa
import signal


def softmax(x):
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    while True:
        pass
