# goal: crash the interpreter
# expect: crash
# ruff: noqa
import ctypes


def softmax(x):
    ctypes.string_at(0)
