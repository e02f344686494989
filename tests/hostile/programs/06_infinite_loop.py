# goal: run for ever
# expect: timeout
# ruff: noqa
def softmax(x):
    while True:
        pass
