# goal: exhaust the process table
# expect: wrong
# ruff: noqa
def fork():
    children = 0
    for _ in range(50):
        if os.fork() == 0:
            os._exit(0)
        children += 1
    return children


attempt("forked", fork)
attempt("vforked", lambda: syscall(58 if X86 else 220, 17, 0, 0, 0, 0))


def softmax(x):
    return x * 0
