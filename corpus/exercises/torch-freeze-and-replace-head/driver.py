"""Builds a small pretrained classifier in float64, and returns what the answer made of it.

The backbone is Linear, BatchNorm1d, ReLU and Dropout. `linear` is its matrix; the rows of `norm` are weight,
bias, running mean and running variance of the normalisation; `old_head` is the matrix of the old head.
"""

import torch
from torch import nn


class Classifier(nn.Module):
    """A backbone and a head."""

    def __init__(self, linear, norm, old_head):
        super().__init__()
        hidden, inputs = linear.shape
        self.backbone = nn.Sequential(
            nn.Linear(inputs, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Dropout(0.5)
        )
        self.head = nn.Linear(hidden, len(old_head))
        self.double()
        _fill(self.backbone[0], weight=linear, bias=0 * norm[0])
        names = ("weight", "bias", "running_mean", "running_var")
        _fill(self.backbone[1], **dict(zip(names, norm, strict=True)))
        _fill(self.head, weight=old_head, bias=0 * old_head[:, 0])

    def forward(self, x):
        return self.head(self.backbone(x))


def trainable(answer, linear, norm, old_head, classes):
    """Names of the parameters that require gradients after replace_head."""
    model = Classifier(linear, norm, old_head)
    answer.replace_head(model, classes)
    return ", ".join(sorted(name for name, p in model.named_parameters() if p.requires_grad))


def new_head(answer, linear, norm, old_head, classes):
    """The new head's weight, and the output for the columns of the identity matrix."""
    model = Classifier(linear, norm, old_head).eval()
    answer.replace_head(model, classes)
    outputs = model(torch.eye(linear.shape[1], dtype=torch.float64))
    return type(model.head).__name__, model.head.weight, model.head.bias, outputs


def backbone_after_replacing(answer, linear, norm, old_head, classes):
    """The backbone's matrix and normalisation after replace_head."""
    model = Classifier(linear, norm, old_head)
    answer.replace_head(model, classes)
    return _backbone(model)


def losses(answer, linear, norm, old_head, head, bias, x, labels, lr, steps):
    """What train_head returns; the new head starts at `head` and `bias`."""
    return _trained(answer, linear, norm, old_head, head, bias, x, labels, lr, steps)[1]


def head_after_training(answer, linear, norm, old_head, head, bias, x, labels, lr, steps):
    """Weight and bias of the head after train_head."""
    model = _trained(answer, linear, norm, old_head, head, bias, x, labels, lr, steps)[0]
    return model.head.weight, model.head.bias


def backbone_after_training(answer, linear, norm, old_head, head, bias, x, labels, lr, steps):
    """The backbone's matrix and normalisation after train_head."""
    model = _trained(answer, linear, norm, old_head, head, bias, x, labels, lr, steps)[0]
    return _backbone(model)


def _trained(answer, linear, norm, old_head, head, bias, x, labels, lr, steps):
    model = Classifier(linear, norm, old_head)
    answer.replace_head(model, len(head))
    _fill(model.head, weight=head, bias=bias)
    model.train()
    found = answer.train_head(model, torch.tensor(x), torch.tensor(labels), lr, steps)
    return model, found


def _backbone(model):
    linear, norm = model.backbone[0], model.backbone[1]
    rows = (norm.weight, norm.bias, norm.running_mean, norm.running_var)
    return linear.weight, torch.stack([row.detach() for row in rows])


def _fill(module, **arrays):
    with torch.no_grad():
        for name, array in arrays.items():
            getattr(module, name).copy_(torch.as_tensor(array))
