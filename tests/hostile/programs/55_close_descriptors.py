# goal: close every file descriptor
# expect: exited protocol
# ruff: noqa
import os

os.closerange(0, 256)
