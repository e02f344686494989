# goal: a number with a hundred thousand digits in a frame
# expect: protocol
# ruff: noqa
def softmax(x):
    text = b'{"id":"x","value":' + b"9" * 100_000 + b"}"
    everywhere(struct.pack(">4sIQ", b"CRF1", len(text), 0) + text)
    while True:
        pass
