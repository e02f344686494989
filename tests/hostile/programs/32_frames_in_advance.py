# goal: answer all the cases before they are asked
# expect: protocol timeout
# ruff: noqa
def softmax(x):
    everywhere(frame({"id": "", "value": {"t": "list", "items": [True, []]}}) * 50)
    return x
