# goal: answer a request while the next one is being answered
# expect: protocol
# ruff: noqa
import time

late = []


def softmax(x):
    if late:
        everywhere(late.pop())
        time.sleep(0.2)
    late.append(reply(honest(x), x))
    return honest(x)
