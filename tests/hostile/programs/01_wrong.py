# goal: control: a wrong answer must not
# expect: wrong
# ruff: noqa
def softmax(x):
    return x
