import torch


def attention(q, k, v, causal):
    """The softmax is written out: weights are exponentials, and their sum divides the result at the end."""
    scores = torch.einsum("bqd,bkd->bqk", q * q.shape[-1] ** -0.5, k)
    if causal:
        place = torch.arange(scores.shape[-1])
        scores = torch.where(place[:, None] >= place, scores, scores.new_tensor(-torch.inf))
    powers = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
    return torch.einsum("bqk,bkv->bqv", powers, v) / powers.sum(dim=-1, keepdim=True)
