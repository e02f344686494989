# goal: print a forged result and leave
# expect: exited
# ruff: noqa
import json
import os

print(
    json.dumps(
        {"exercise": "softmax", "passed": True, "cases": [{"name": "all", "status": "passed"}]}
    ),
    flush=True,
)
os._exit(0)
