# goal: leave with exit status 0 before the cases
# expect: exited
# ruff: noqa
import os

os._exit(0)
