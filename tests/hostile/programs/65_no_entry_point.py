# goal: define nothing that was asked for
# expect: error
# ruff: noqa
def softmax_(x):
    return x
