# goal: deeply nested JSON in a frame
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
    text = b"[" * 100_000
    everywhere(struct.pack(">4sIQ", b"CRF1", len(text), 0) + text)
    while True:
        pass
