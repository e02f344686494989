"""Builds a BatchNorm, loads what the case gives it, and returns what became of a few calls."""

import torch


def fresh(answer, features):
    """What a new module holds: names of parameters, names of buffers, all values by name."""
    module = answer.BatchNorm(features)
    parameters = sorted(name for name, _ in module.named_parameters())
    buffers = sorted(name for name, _ in module.named_buffers())
    return ", ".join(parameters), ", ".join(buffers), dict(module.state_dict())


def output(answer, weight, bias, running_mean, running_var, momentum, eps, x, training):
    """Output of one call."""
    module = _loaded(answer, weight, bias, running_mean, running_var, momentum, eps)
    module.train(training)
    return module(torch.tensor(x))


def calls(answer, weight, bias, running_mean, running_var, momentum, eps, batches, training):
    """Outputs of one call after the other, and the running values at the end."""
    module = _loaded(answer, weight, bias, running_mean, running_var, momentum, eps)
    outputs = []
    for x, in_training in zip(batches, training, strict=True):
        module.train(in_training)
        outputs.append(module(torch.tensor(x)))
    return torch.stack(outputs), module.running_mean, module.running_var


def gradients(
    answer, weight, bias, running_mean, running_var, momentum, eps, x, cotangent, training
):
    """Gradients of (cotangent * output).sum() by x, weight and bias."""
    module = _loaded(answer, weight, bias, running_mean, running_var, momentum, eps)
    module.train(training)
    x = torch.tensor(x, requires_grad=True)
    (torch.tensor(cotangent) * module(x)).sum().backward()
    return x.grad, module.weight.grad, module.bias.grad


def graphs(answer, weight, bias, running_mean, running_var, momentum, eps, x):
    """The running values that autograd still follows after a call in training, by name."""
    module = _loaded(answer, weight, bias, running_mean, running_var, momentum, eps)
    module.train()
    module(torch.tensor(x, requires_grad=True))
    names = ("running_mean", "running_var")
    return ", ".join(name for name in names if getattr(module, name).requires_grad)


def _loaded(answer, weight, bias, running_mean, running_var, momentum, eps):
    module = answer.BatchNorm(len(weight), momentum, eps).double()
    arrays = {
        "weight": weight,
        "bias": bias,
        "running_mean": running_mean,
        "running_var": running_var,
    }
    module.load_state_dict({name: torch.tensor(array) for name, array in arrays.items()})
    return module
