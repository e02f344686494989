# goal: abort the interpreter
# expect: crash
# ruff: noqa
import os


def softmax(x):
    os.abort()
