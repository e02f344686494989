"""Builds a MultiHeadAttention, loads its weights, and returns what became of a call."""

import torch

LAYERS = ("query", "key", "value", "out")


def parameters(answer, width, heads):
    """Names and shapes of the parameters of a new module."""
    named = answer.MultiHeadAttention(width, heads).named_parameters()
    return "; ".join(f"{name} {tuple(parameter.shape)}" for name, parameter in sorted(named))


def output(answer, heads, weights, biases, x, real, causal):
    """The module's output; weights and biases are those of query, key, value and out, in this order."""
    return _loaded(answer, heads, weights, biases)(x, real, causal)


def gradients(answer, heads, weights, biases, x, real, causal, cotangent):
    """Gradients of (cotangent * output).sum() by x, the four weights and the four biases."""
    module = _loaded(answer, heads, weights, biases)
    x = x.clone().requires_grad_()
    (cotangent * module(x, real, causal)).sum().backward()
    layers = [getattr(module, name) for name in LAYERS]
    by_weights = torch.stack([layer.weight.grad for layer in layers])
    return x.grad, by_weights, torch.stack([layer.bias.grad for layer in layers])


def _loaded(answer, heads, weights, biases):
    module = answer.MultiHeadAttention(weights.shape[-1], heads).to(weights.dtype)
    state = {}
    for name, weight, bias in zip(LAYERS, weights, biases, strict=True):
        state[f"{name}.weight"], state[f"{name}.bias"] = weight, bias
    module.load_state_dict(state)
    return module
