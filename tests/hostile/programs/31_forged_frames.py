# goal: write forged frames on every inherited descriptor
# expect: protocol exited
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


everywhere(frame({"id": "x", "missing": []}) + frame({"id": "x", "value": True}))
