# goal: freeze instead of running
# expect: timeout
# ruff: noqa
import os
import signal


def softmax(x):
    os.kill(os.getpid(), signal.SIGSTOP)
