# goal: rewrite the user's terminal: title, clipboard, colours
# expect: wrong
# ruff: noqa
print("\x1b]0;owned\x07\x1b]52;c;ZWNobw==\x07\x1b[2J\x9b31m\x08\x08\u202eabc\u2066")


def softmax(x):
    return x * 0
