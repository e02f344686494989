import numpy as np


def multi_head_attention(x, memory, w_q, w_k, w_v, w_o, heads):
    """One head after the other; the output is the sum of what each head contributes."""
    output, weights = 0.0, []
    for head in range(heads):
        q = x @ block(w_q, head, heads)
        k = memory @ block(w_k, head, heads)
        v = memory @ block(w_v, head, heads)
        scores = q @ np.moveaxis(k, 1, 2) / q.shape[-1] ** 0.5
        powers = np.exp(scores - np.amax(scores, axis=2)[..., None])
        shares = powers / np.sum(powers, axis=2)[..., None]
        output = output + shares @ v @ block(w_o.T, head, heads).T
        weights.append(shares)
    return output, np.stack(weights, axis=1)


def block(w, head, heads):
    """The columns of one head."""
    size = w.shape[1] // heads
    return w[:, head * size : (head + 1) * size]
