# goal: answer by hand and then claim to have passed
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
    everywhere(frame({"id": request, "status": "passed", "passed": True}))
    while True:
        pass
