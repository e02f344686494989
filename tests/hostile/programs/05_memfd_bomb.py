# goal: memory that the address-space limit does not see
# expect: wrong
# ruff: noqa
attempt("memfd", lambda: os.memfd_create("x"))


def softmax(x):
    return x * 0
