# goal: answer from a thread when the call is over
# expect: protocol
# ruff: noqa
import threading
import time

late = []


def answer():
    time.sleep(0.05)
    everywhere(late[0])


def softmax(x):
    if late:
        time.sleep(0.5)
        everywhere(late[0])  # for where no threads may be started
    else:
        late.append(reply(honest(x), x))
        try:
            threading.Thread(target=answer).start()
        except RuntimeError:
            pass
    return honest(x)
