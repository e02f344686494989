# goal: hang inside C, where Python's signal handlers never run
# expect: timeout memory
# ruff: noqa
def softmax(x):
    return 10**10**9
