# goal: return a list nested 100,000 deep
# expect: error
# ruff: noqa
def softmax(x):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return nested
