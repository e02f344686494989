# goal: flood the error output
# expect: output
# ruff: noqa
import sys


def softmax(x):
    while True:
        sys.stderr.write("x" * 10_000)
