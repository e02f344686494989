import torch


def attend(x, w_q, w_k, w_v, w_o, heads, cache):
    """One new token after the other sees exactly what is in the cache by then: no mask at all."""
    batch, new, d = x.shape
    size = d // heads
    if cache is None:
        cache = 2 * (x.new_zeros(batch, heads, 0, size),)
    keys, values = cache
    outputs = []
    for t in range(new):
        q, k, v = ((x[:, t] @ w).reshape(batch, heads, 1, size) for w in (w_q, w_k, w_v))
        keys, values = torch.cat((keys, k), 2), torch.cat((values, v), 2)
        scores = (q * keys).sum(-1) * size**-0.5
        powers = torch.exp(scores - scores.amax(-1, keepdim=True))
        mixed = torch.einsum("bht,bhtd->bhd", powers / powers.sum(-1, keepdim=True), values)
        outputs.append(mixed.reshape(batch, d) @ w_o)
    return torch.stack(outputs, dim=1), (keys, values)
