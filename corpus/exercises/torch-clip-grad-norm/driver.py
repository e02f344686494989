"""Gives three parameters the gradients that were sent and reports what an answer makes of them."""

import torch


def clip(answer, first, second, third, max_norm, once):
    """The norm returned, and gradients and values afterwards; once: parameters come from a generator."""
    sent = (first, second, third)
    parameters = [parameter(gradient) for gradient in sent]
    before = [p.grad for p in parameters]
    norm = answer.clip_grad_norm((p for p in parameters) if once else parameters, max_norm)
    report = {"norm": norm, "values": [p.detach() for p in parameters]}
    names = ("first", "second", "third")
    for name, p, gradient in zip(names, parameters, before, strict=True):
        if gradient is not None:
            report[name] = p.grad
            report[f"{name}_same"] = p.grad is gradient
    return report


def parameter(gradient):
    """A parameter filled with 3, with a copy of this gradient or none."""
    if gradient is None:
        return torch.nn.Parameter(torch.full((2,), 3.0))
    made = torch.nn.Parameter(torch.full_like(gradient, 3.0))
    made.grad = gradient.clone()
    return made
