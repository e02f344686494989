"""Applies an answer's functions and asks autograd for gradients, once or twice."""

import torch


def swish(answer, x, beta, upstream):
    """Output, and gradients of (upstream * output).sum() by x and beta."""
    x, beta = x.clone().requires_grad_(), beta.clone().requires_grad_()
    output = answer.Swish.apply(x, beta)
    by_x, by_beta = torch.autograd.grad((upstream * output).sum(), (x, beta))
    return {"output": output, "gradient_x": by_x, "gradient_beta": by_beta}


def swish_of_constant(answer, x, beta, upstream):
    """Output and gradient by beta where x itself needs none."""
    beta = beta.clone().requires_grad_()
    output = answer.Swish.apply(x, beta)
    (by_beta,) = torch.autograd.grad((upstream * output).sum(), beta)
    return {"output": output, "gradient_beta": by_beta}


def penalty(answer, x, beta, upstream):
    """Gradients by x and beta of half the squared norm of both first gradients."""
    x, beta = x.clone().requires_grad_(), beta.clone().requires_grad_()
    output = answer.Swish.apply(x, beta)
    first = torch.autograd.grad((upstream * output).sum(), (x, beta), create_graph=True)
    squared_norm = sum(g.square().sum() for g in first) / 2
    if not squared_norm.requires_grad:
        return {"second_x": torch.zeros_like(x), "second_beta": torch.zeros_like(beta)}
    second = torch.autograd.grad(squared_norm, (x, beta), allow_unused=True)
    found = [
        torch.zeros_like(t) if g is None else g for t, g in zip((x, beta), second, strict=True)
    ]
    return {"second_x": found[0], "second_beta": found[1]}


def binary_sign(answer, x, upstream):
    """Output, and gradient of (upstream * output).sum() by x."""
    x = x.clone().requires_grad_()
    output = answer.BinarySign.apply(x)
    (by_x,) = torch.autograd.grad((upstream * output).sum(), x)
    return {"output": output, "gradient_x": by_x}
