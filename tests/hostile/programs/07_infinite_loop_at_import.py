# goal: run for ever before any case
# expect: timeout
# ruff: noqa
while True:
    pass
