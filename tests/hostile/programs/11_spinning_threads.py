# goal: burn every core with threads
# expect: timeout error exited crash
# ruff: noqa
import threading


def spin():
    while True:
        pass


def softmax(x):
    threads = []
    while True:
        threads.append(threading.Thread(target=spin, daemon=True))
        threads[-1].start()
