# goal: leave with exit status 0 inside the call
# expect: exited
# ruff: noqa
import os


def softmax(x):
    os._exit(0)
