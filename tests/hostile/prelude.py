# Stands before every hostile program. `attempt` and `barred` print BREACH where what must fail succeeds.
# ruff: noqa
import ctypes
import errno
import json
import os
import struct
import sys

X86 = os.uname().machine == "x86_64"
_libc = ctypes.CDLL(None, use_errno=True)
_say = print


def attempt(goal, action):
    """Something that has to raise, for whatever reason."""
    try:
        result = action()
    except BaseException as error:
        _say(goal, "refused:", type(error).__name__)
    else:
        _say("BREACH", goal, str(result)[:80])


def barred(calls, *arguments):
    """System calls the filter has to refuse, so that the kernel never looks at their arguments.

    `calls` holds a name and two numbers for each, those of x86-64 and aarch64 ("-": there is none).
    """
    words = calls.split()
    for name, *numbers in zip(words[::3], words[1::3], words[2::3]):
        number = numbers[0 if X86 else 1]
        if number == "-":
            continue
        ctypes.set_errno(0)
        result = _libc.syscall(ctypes.c_long(int(number)), *map(ctypes.c_long, arguments))
        code = ctypes.get_errno()
        if result >= 0 or code not in (errno.EPERM, errno.ENOSYS):
            _say("BREACH", name, result, errno.errorcode.get(code))


def honest(x):
    """The right answer, for programs that want to be believed."""
    import numpy as np

    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def frame(header, body=b""):
    """A frame as the harness would write it."""
    text = json.dumps(header).encode()
    return struct.pack(">4sIQ", b"CRF1", len(text), len(body)) + text + body


def everywhere(data):
    """Writes to every descriptor but the standard ones."""
    for fd in range(3, 64):
        try:
            os.write(fd, data)
        except OSError:
            pass


def request_id():
    """The id of the request that is being answered, out of the harness' own variables."""
    for place in sys._current_frames().values():
        while place is not None:
            header = place.f_locals.get("header")
            if isinstance(header, dict) and "id" in header:
                return header["id"]
            place = place.f_back
    return ""


def node(array):
    """How an array is announced."""
    return {"t": "array", "dtype": array.dtype.name, "shape": list(array.shape)}


def listed(kind, *nodes):
    """How a list or a tuple is announced."""
    return {"t": kind, "items": list(nodes)}


def reply(value, x, body=None):
    """A well-formed reply by hand: a value (an array, or a node with its bytes) and the argument as it was."""
    if body is None:
        value, body = node(value), value.tobytes()
    whole = listed("tuple", value, listed("list", node(x)), listed("list"))
    return frame({"id": request_id(), "value": whole}, body + x.tobytes())
