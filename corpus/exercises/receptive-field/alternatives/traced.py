"""Follows every unit down to the input and counts by hand."""


def looked_at(layer, units):
    kernel, stride, padding, dilation = layer
    return {i * stride - padding + t * dilation for i in units for t in range(kernel)}


def output_sizes(size, layers):
    sizes = []
    for layer in layers:
        padding, unit = layer[2], 0
        while size and max(looked_at(layer, {unit})) < size + padding:
            unit += 1
        size = unit
        sizes.append(size)
    return sizes


def seen_by(layers, index):
    units = {index}
    for layer in layers[::-1]:
        units = looked_at(layer, units)
    return min(units), max(units)


def receptive_fields(layers):
    found = []
    for depth in range(1, len(layers) + 1):
        first, last = seen_by(layers[:depth], 0)
        found.append((last - first + 1, seen_by(layers[:depth], 1)[0] - first))
    return found
