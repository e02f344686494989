# goal: terminal escapes through an exception's text and type name
# expect: error
# ruff: noqa
def softmax(x):
    raise type("\x1b[31mRed\x07", (Exception,), {})("\x1b]0;owned\x07\x1b[2J")
