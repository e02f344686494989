# goal: deeply nested JSON in a frame
# expect: protocol
# ruff: noqa
def softmax(x):
    text = b"[" * 100_000
    everywhere(struct.pack(">4sIQ", b"CRF1", len(text), 0) + text)
    while True:
        pass
