# Stands before every hostile program; `attempt` prints BREACH where what must fail succeeds.
# ruff: noqa
import ctypes
import os
import sys

X86 = os.uname().machine == "x86_64"
_libc = ctypes.CDLL(None, use_errno=True)


def attempt(goal, action):
    try:
        result = action()
    except BaseException as error:
        print(goal, "refused:", type(error).__name__)
    else:
        print("BREACH", goal, str(result)[:80])


def syscall(number, *arguments):
    result = _libc.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result
