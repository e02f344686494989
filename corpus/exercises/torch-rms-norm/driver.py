"""Builds an RMSNorm in the dtype of its inputs, and returns what became of a call."""


def fresh(answer, features):
    """What a new module holds: names of its parameters, and all values by name."""
    module = answer.RMSNorm(features)
    return ", ".join(name for name, _ in module.named_parameters()), dict(module.state_dict())


def output(answer, weight, eps, x):
    """The module's output."""
    return _loaded(answer, weight, eps)(x)


def gradients(answer, weight, eps, x, cotangent):
    """Gradients of (cotangent * output).sum() by x and weight."""
    module = _loaded(answer, weight, eps)
    x = x.clone().requires_grad_()
    (cotangent * module(x)).sum().backward()
    return x.grad, module.weight.grad


def _loaded(answer, weight, eps):
    module = answer.RMSNorm(len(weight), eps).to(weight.dtype)
    module.load_state_dict({"weight": weight})
    return module
