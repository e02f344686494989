# goal: answer one request twice
# expect: protocol
# ruff: noqa
def softmax(x):
    everywhere(reply(honest(x), x))
    return honest(x)
