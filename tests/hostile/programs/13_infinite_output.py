# goal: flood the terminal or the log
# expect: output
# ruff: noqa
def softmax(x):
    while True:
        print("x" * 10_000)
