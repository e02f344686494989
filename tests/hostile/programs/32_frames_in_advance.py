# goal: answer all the cases before they are asked
# expect: protocol timeout
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
    everywhere(frame({"id": "", "value": {"t": "list", "items": [True, []]}}) * 50)
    return x
