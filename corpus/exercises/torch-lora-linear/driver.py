"""Builds an answer's layer around a given base and reports what it does."""

import torch
from torch import nn


def layer_around(answer, weight, bias, rank, alpha):
    """A fresh layer; the base has this weight and bias (or none)."""
    base = nn.Linear(*weight.shape[::-1], bias=bias is not None, dtype=weight.dtype)
    with torch.no_grad():
        base.weight.copy_(weight)
        if bias is not None:
            base.bias.copy_(bias)
    return answer.LoRALinear(base, rank, alpha)


def adapted(answer, weight, bias, lora_a, lora_b, alpha):
    """The layer with both factors put in."""
    layer = layer_around(answer, weight, bias, lora_a.shape[0], alpha)
    with torch.no_grad():
        layer.lora_a.copy_(lora_a)
        layer.lora_b.copy_(lora_b)
    return layer


def gradient(tensor):
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad


def start(answer, x, weight, bias, rank, alpha, upstream):
    """A fresh layer: its output, its factors, and gradients of (upstream * output).sum()."""
    layer = layer_around(answer, weight, bias, rank, alpha)
    output = layer(x)
    (upstream * output).sum().backward()
    return {
        "trained": sum(p.numel() for p in layer.parameters() if p.requires_grad),
        "output": output,
        "lora_a": layer.lora_a,
        "lora_b": layer.lora_b,
        "gradient_a": gradient(layer.lora_a),
        "gradient_b": gradient(layer.lora_b),
        "base_gradients": sum(p.grad is not None for p in layer.base.parameters()),
    }


def run(answer, x, weight, bias, lora_a, lora_b, alpha):
    """Output with these factors."""
    return adapted(answer, weight, bias, lora_a, lora_b, alpha)(x)


def differentiate(answer, x, weight, bias, lora_a, lora_b, alpha, upstream):
    """Gradients of (upstream * output).sum() with these factors."""
    layer = adapted(answer, weight, bias, lora_a, lora_b, alpha)
    x = x.clone().requires_grad_()
    (upstream * layer(x)).sum().backward()
    return {
        "gradient_x": gradient(x),
        "gradient_a": gradient(layer.lora_a),
        "gradient_b": gradient(layer.lora_b),
    }


@torch.no_grad()
def merge(answer, x, weight, bias, lora_a, lora_b, alpha):
    """Merges twice, writes ones into the first result, and looks at everything again."""
    layer = adapted(answer, weight, bias, lora_a, lora_b, alpha)
    first, second = layer.merge(), layer.merge()
    report = {
        "linear": type(first) is nn.Linear,
        "merged_output": first(x),
        "merged_weight": first.weight.clone(),
        "merged_again": second.weight.clone(),
        "biases": sum(linear.bias is not None for linear in (first, second)),
    }
    for parameter in first.parameters():
        parameter.fill_(1.0)
    return {**report, "base_output": layer.base(x), "output": layer(x)}
