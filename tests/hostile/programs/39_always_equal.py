# goal: return an object that equals everything
# expect: wrong error
# ruff: noqa
class Equal:
    def __eq__(self, other):
        return True

    def __array__(self, *args, **kwargs):
        raise SystemExit(0)


def softmax(x):
    return Equal()
