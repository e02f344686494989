"""Builds an answer's LSTM, loads given weights and reports outputs, states and gradients."""

import torch


def module(answer, weight_x, weight_h, bias):
    """The layer with these weights, in their dtype."""
    layer = answer.LSTM(weight_x.shape[1], weight_h.shape[1]).to(weight_x.dtype)
    layer.load_state_dict({"weight_x": weight_x, "weight_h": weight_h, "bias": bias})
    return layer


def run(answer, weight_x, weight_h, bias, x, state):
    """Outputs and final state of one call; state is None or a pair."""
    outputs, (h, c) = module(answer, weight_x, weight_h, bias)(x, state)
    return {"outputs": outputs, "h": h, "c": c}


def run_in_pieces(answer, weight_x, weight_h, bias, x, lengths):
    """Outputs of several calls that follow one another, each with the state of the one before."""
    layer, state, pieces = module(answer, weight_x, weight_h, bias), None, []
    for piece in x.split(lengths, dim=1):
        outputs, state = layer(piece, state)
        pieces.append(outputs)
    return {"outputs": torch.cat(pieces, dim=1), "h": state[0], "c": state[1]}


def gradients(answer, weight_x, weight_h, bias, x, h, c, upstream):
    """Gradients of (upstream * outputs).sum() by everything that goes in."""
    layer = module(answer, weight_x, weight_h, bias)
    inputs = [tensor.clone().requires_grad_() for tensor in (x, h, c)]
    outputs, _ = layer(inputs[0], tuple(inputs[1:]))
    (upstream * outputs).sum().backward()
    leaves = {**dict(layer.named_parameters()), **dict(zip(("x", "h", "c"), inputs, strict=True))}
    return {
        f"gradient_{name}": torch.zeros_like(leaf) if leaf.grad is None else leaf.grad
        for name, leaf in leaves.items()
    }
