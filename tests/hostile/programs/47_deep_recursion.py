# goal: overflow the C stack
# expect: crash error memory timeout
# ruff: noqa
import sys

sys.setrecursionlimit(10**9)


def softmax(x):
    return [softmax(x)] if [0] else repr(softmax)
