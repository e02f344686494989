# goal: exhaust the task table with tiny-stack threads
# expect: wrong timeout error
# ruff: noqa
import threading
import time

threading.stack_size(32768)
started = 0
try:
    while started < 2000:
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
        started += 1
except BaseException:
    pass
if started > 100:
    print("BREACH", started, "threads")


def softmax(x):
    return x * 0
