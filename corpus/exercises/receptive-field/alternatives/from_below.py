"""Positions are carried upwards: where unit 0 begins, how far a unit reaches, how far units lie apart."""

from itertools import accumulate


def output_sizes(size, layers):
    def above(below, layer):
        kernel, stride, padding, dilation = layer
        places = range(-padding, below + padding - dilation * (kernel - 1), stride)
        return len(places) if below else 0

    return list(accumulate(layers, above, initial=size))[1:]


def states(layers):
    def above(state, layer):
        start, field, jump = state
        kernel, stride, padding, dilation = layer
        return start - padding * jump, field + (kernel - 1) * dilation * jump, jump * stride

    return list(accumulate(layers, above, initial=(0, 1, 1)))


def receptive_fields(layers):
    return [(field, jump) for _, field, jump in states(layers)[1:]]


def seen_by(layers, index):
    start, field, jump = states(layers)[-1]
    return start + index * jump, start + index * jump + field - 1
