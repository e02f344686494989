# goal: run on in __del__ when the call is over
# expect: timeout
# ruff: noqa
class Last:
    def __del__(self):
        while True:
            pass


class Returning:
    def __del__(self):
        softmax.kept = self


def softmax(x):
    Returning()
    circle = [Last()]
    circle.append(circle)
    del circle
    import gc

    gc.collect()
    return honest(x)
