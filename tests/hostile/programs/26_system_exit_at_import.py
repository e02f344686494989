# goal: sys.exit(0) at import
# expect: error
# ruff: noqa
import sys

sys.exit(0)
