# Lets each token see the next one.
import math

import torch


def attend(x, w_q, w_k, w_v, w_o, heads, cache):
    """Output for the new tokens, and the cache (keys, values) with them."""
    q, keys, values = (split_heads(x @ w, heads) for w in (w_q, w_k, w_v))
    past = 0
    if cache is not None:
        past = cache[0].shape[2]
        keys = torch.cat([cache[0], keys], dim=2)
        values = torch.cat([cache[1], values], dim=2)
    scores = q @ keys.transpose(-2, -1) / math.sqrt(q.shape[-1])
    future = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(diagonal=past + 2)
    weights = torch.softmax(scores.masked_fill(future, -math.inf), dim=-1)
    output = (weights @ values).transpose(1, 2).flatten(start_dim=2)
    return output @ w_o, (keys, values)


def split_heads(x, heads):
    """(batch, tokens, d) to (batch, heads, tokens, d / heads)."""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)
