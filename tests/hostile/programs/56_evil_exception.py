# goal: an exception whose text never ends
# expect: error timeout
# ruff: noqa
class Evil(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = __str__


def softmax(x):
    raise Evil("no")
