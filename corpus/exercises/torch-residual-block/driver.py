"""Builds an answer's block, loads given weights, and reports outputs, statistics and gradients."""

import torch

torch.backends.nnpack.set_flags(False)  # it can't start in a sandbox and says so at every call


def block(answer, x, conv1, conv2, proj, scales, shifts, stride):
    """The block with these weights, in the dtype of x; rows of scales and shifts are bn1, bn2, proj_bn."""
    out_channels, in_channels = conv1.shape[:2]
    made = answer.ResidualBlock(in_channels, out_channels, stride).to(x.dtype)
    weights = {"conv1.weight": conv1, "conv2.weight": conv2}
    if proj is not None:
        weights["proj.weight"] = proj
    for name, scale, shift in zip(("bn1", "bn2", "proj_bn"), scales, shifts, strict=False):
        count = torch.zeros((), dtype=torch.int64)
        weights |= {f"{name}.weight": scale, f"{name}.bias": shift}
        weights |= {f"{name}.running_mean": shift / 2, f"{name}.running_var": scale.abs() + 1}
        weights[f"{name}.num_batches_tracked"] = count
    made.load_state_dict(weights)
    return made


def evaluate(answer, x, conv1, conv2, proj, scales, shifts, stride):
    """Output in evaluation mode; running mean shift / 2, running variance |scale| + 1."""
    with torch.no_grad():
        return block(answer, x, conv1, conv2, proj, scales, shifts, stride).eval()(x)


def train(answer, x, conv1, conv2, proj, scales, shifts, stride):
    """Output in training mode and the running statistics after the call."""
    made = block(answer, x, conv1, conv2, proj, scales, shifts, stride).train()
    report = {"output": made(x)}
    for name, tensor in made.state_dict().items():
        if "running" in name:
            report[name.replace(".", "_")] = tensor
    return report


def gradients(answer, x, conv1, conv2, proj, scales, shifts, stride, upstream):
    """Gradients of (upstream * output).sum() in evaluation mode."""
    made = block(answer, x, conv1, conv2, proj, scales, shifts, stride).eval()
    x = x.clone().requires_grad_()
    (upstream * made(x)).sum().backward()
    leaves = {"x": x, "conv1": made.conv1.weight, "conv2": made.conv2.weight}
    if proj is not None:
        leaves["proj"] = made.proj.weight
    return {
        f"gradient_{name}": torch.zeros_like(leaf) if leaf.grad is None else leaf.grad
        for name, leaf in leaves.items()
    }
