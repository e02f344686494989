# goal: answer later requests with the id of an earlier one
# expect: protocol
# ruff: noqa
ids = []


def softmax(x):
    ids.append(request_id())
    if len(ids) > 1:
        everywhere(reply(honest(x), x).replace(ids[-1].encode(), ids[0].encode()))
    return honest(x)
