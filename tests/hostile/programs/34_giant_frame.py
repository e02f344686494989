# goal: claim a frame of 2**60 bytes, then send bytes without end
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
    everywhere(struct.pack(">4sIQ", b"CRF1", 10, 2**60))
    while True:
        everywhere(b"x" * 65536)
