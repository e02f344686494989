# goal: return an object whose unpickling runs a command
# expect: error
# ruff: noqa
class Evil:
    def __reduce__(self):
        return (print, ("BREACH unpickled",))


def softmax(x):
    return Evil()
