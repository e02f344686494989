# goal: claim a frame of 2**60 bytes, then send bytes without end
# expect: protocol
# ruff: noqa
def softmax(x):
    everywhere(struct.pack(">4sIQ", b"CRF1", 10, 2**60))
    while True:
        everywhere(b"x" * 65536)
