# goal: let a thread take requests off the pipe and answer them
# expect: wrong protocol error exited timeout crash
# ruff: noqa
import re
import threading


def serve():
    while True:
        try:
            text = os.read(3, 1 << 16)
        except OSError:
            return
        found = re.search(rb'"id": "(\w+)"', text)
        if found:
            whole = listed("tuple", True, listed("list"), listed("list"))
            everywhere(frame({"id": found[1].decode(), "value": whole}))


threading.Thread(target=serve, daemon=True).start()


def softmax(x):
    return x * 0
