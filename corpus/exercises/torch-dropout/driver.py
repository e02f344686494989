"""Builds a Dropout, seeds PyTorch and returns what became of its calls."""

import torch


def in_training(answer, p, seed, x):
    """Output of one call in training mode."""
    return _seeded(answer, p, seed).train()(x)


def in_evaluation(answer, p, seed, x):
    """Output of a call in evaluation mode, after one in training mode."""
    module = _seeded(answer, p, seed).train()
    module(x)
    return module.eval()(x)


def two_calls(answer, p, seed, x):
    """Outputs of two calls in training mode, one after the other."""
    module = _seeded(answer, p, seed).train()
    return torch.stack([module(x), module(x)])


def two_runs(answer, p, seeds, x):
    """Outputs of one call of a new module after each of the seeds."""
    return torch.stack([_seeded(answer, p, seed).train()(x) for seed in seeds])


def gradient(answer, p, seed, x, cotangent):
    """Output of a call in training mode, and the gradient of (cotangent * output).sum() by x."""
    x = x.clone().requires_grad_()
    output = _seeded(answer, p, seed).train()(x)
    (cotangent * output).sum().backward()
    return output, x.grad


def _seeded(answer, p, seed):
    torch.manual_seed(seed)
    return answer.Dropout(p)
