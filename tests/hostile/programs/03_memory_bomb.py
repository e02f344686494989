# goal: eat the host's memory
# expect: memory error
# ruff: noqa
def softmax(x):
    kept = []
    while True:
        kept.append(bytearray(10_000_000))
