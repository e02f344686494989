# goal: SystemExit(0) inside the function
# expect: error
# ruff: noqa
import sys


def softmax(x):
    sys.exit(0)
