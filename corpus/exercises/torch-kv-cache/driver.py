"""Feeds sequences to an answer piece by piece and reports outputs and caches."""

import torch


def decode(answer, x, w_q, w_k, w_v, w_o, heads, lengths):
    """Outputs of calls with so many tokens each, one after the other, and the last cache."""
    cache, outputs = None, []
    for piece in x.split(lengths, dim=1):
        output, cache = answer.attend(piece, w_q, w_k, w_v, w_o, heads, cache)
        outputs.append(output)
    keys, values = cache
    return {"outputs": torch.cat(outputs, dim=1), "keys": keys, "values": values}


def branch(answer, prefix, first, second, w_q, w_k, w_v, w_o, heads):
    """Two continuations from the same cache, then that cache again."""
    _, cache = answer.attend(prefix, w_q, w_k, w_v, w_o, heads, None)
    one, _ = answer.attend(first, w_q, w_k, w_v, w_o, heads, cache)
    other, _ = answer.attend(second, w_q, w_k, w_v, w_o, heads, cache)
    keys, values = cache
    return {"first": one, "second": other, "keys": keys, "values": values}
