# goal: memory through shared anonymous mappings
# expect: memory error
# ruff: noqa
import mmap


def softmax(x):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 50_000_000))
        kept[-1].write(b"x" * 50_000_000)
