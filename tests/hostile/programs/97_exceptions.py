# goal: exceptions that can't be told: endless chains, groups, recursive texts, lying names
# expect: error
# ruff: noqa
calls = []


class Meta(type):
    __name__ = property(lambda cls: "\x1b[31m" + "x" * 100_000)


class Recursive(Exception, metaclass=Meta):
    def __repr__(self):
        return repr(self)

    __str__ = __repr__


class Lying(Exception):
    __traceback__ = property(lambda self: None)
    args = property(lambda self: ([],) * 3)


def chain():
    last = ValueError("first")
    for number in range(10_000):
        after = ValueError(number)
        after.__cause__ = after.__context__ = last
        last = after
    return last


def group():
    last = ValueError("first")
    for _ in range(5000):
        last = ExceptionGroup("nested", [last])
    return last


def circle():
    error = KeyError("circle")
    error.__cause__ = error.__context__ = error
    error.add_note("\x1b]0;owned\x07")
    return error


KINDS = (
    *(chain, group, circle, Recursive, Lying),
    *(KeyboardInterrupt, GeneratorExit, StopIteration, RecursionError, OSError),
    lambda: UnicodeDecodeError("\x1b[2J", b"\xff", 0, 1, "\ud800"),
    lambda: SyntaxError("text", ("answer.py", 10**30, 1, "\x1b[2J")),
)


def softmax(x):
    calls.append(x)
    raise KINDS[len(calls) % len(KINDS)]()
