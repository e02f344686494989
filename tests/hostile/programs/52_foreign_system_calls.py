# goal: use the 32-bit gate or unknown numbers
# expect: crash
# ruff: noqa
import ctypes


def softmax(x):
    ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 | 39))
