import numpy as np


def multi_head_attention(x, memory, w_q, w_k, w_v, w_o, heads):
    """One query after the other, with loops only."""
    batch, queries, _ = x.shape
    keys, d_k, d_v = memory.shape[1], w_k.shape[1] // heads, w_v.shape[1] // heads
    output = np.zeros((batch, queries, w_o.shape[1]))
    weights = np.zeros((batch, heads, queries, keys))
    for n in range(batch):
        k, v = memory[n] @ w_k, memory[n] @ w_v
        for i in range(queries):
            q = x[n, i] @ w_q
            joined = []
            for head in range(heads):
                mine = slice(head * d_k, (head + 1) * d_k)
                scores = np.array([q[mine] @ key[mine] for key in k]) / np.sqrt(d_k)
                shares = np.array([1 / np.exp(np.minimum(scores - s, 700)).sum() for s in scores])
                weights[n, head, i] = shares
                joined.append(shares @ v[:, head * d_v : (head + 1) * d_v])
            output[n, i] = np.concatenate(joined) @ w_o
    return output, weights
