import torch


def contrastive_loss(images, texts, temperature):
    """Both log-normalisers by hand; the score of the right pair is the same in both directions."""
    lengths = torch.outer(images.square().sum(1).sqrt(), texts.square().sum(1).sqrt())
    scores = torch.einsum("id,jd->ij", images, texts) / (lengths * temperature)
    normalisers = torch.logsumexp(scores, dim=0) + torch.logsumexp(scores, dim=1)
    return (normalisers / 2 - scores.diagonal()).mean()
