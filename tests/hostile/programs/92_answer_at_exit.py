# goal: answer while the interpreter shuts down
# expect: protocol exited
# ruff: noqa
import atexit
import threading

saved = os.dup(4)
atexit.register(lambda: everywhere(frame({"id": request_id(), "value": True, "passed": True})))
threading._register_atexit(lambda: everywhere(frame({"id": "", "missing": []})))


def softmax(x):
    os.close(3)
    return honest(x)
