# goal: name a dtype that runs code
# expect: protocol
# ruff: noqa
def softmax(x):
    everywhere(reply({"t": "array", "dtype": "object", "shape": [1]}, x, b"12345678"))
    while True:
        pass
