# goal: write forged frames on every inherited descriptor
# expect: protocol exited
# ruff: noqa
everywhere(frame({"id": "x", "missing": []}) + frame({"id": "x", "value": True}))
