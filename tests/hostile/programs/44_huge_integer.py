# goal: return a number no array can hold
# expect: error
# ruff: noqa
def softmax(x):
    return 10**4000
