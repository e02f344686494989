import torch


@torch.no_grad()
def clip_grad_norm(parameters, max_norm):
    """Writes the gradients into one vector and takes its largest element out before squaring."""
    with_gradient = [p for p in parameters if p.grad is not None]
    if not with_gradient:
        return 0.0
    vector = torch.cat([p.grad.reshape(-1).to(torch.float64) for p in with_gradient])
    largest = vector.abs().max()
    if largest == 0:
        return 0.0
    norm = largest * (vector / largest).pow(2).sum().sqrt()
    if torch.isfinite(norm):
        factor = (max_norm / norm).clamp(max=1.0).item()
        for p in with_gradient:
            p.grad *= factor
    return norm.item() if torch.isfinite(vector).all() else vector.norm().item()
