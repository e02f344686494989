# goal: claim 10**12 elements over 8 bytes
# expect: protocol
# ruff: noqa
def softmax(x):
    claim = {"t": "array", "dtype": "float64", "shape": [10**6, 10**6]}
    everywhere(reply(claim, x, b"12345678"))
    while True:
        pass
