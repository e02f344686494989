# Takes the padding off before it multiplies by the stride.
def output_sizes(size, layers):
    """Number of units of each layer (kernel, stride, padding, dilation)."""
    sizes = []
    for kernel, stride, padding, dilation in layers:
        room = size + 2 * padding - dilation * (kernel - 1) - 1
        size = room // stride + 1 if size > 0 and room >= 0 else 0
        sizes.append(size)
    return sizes


def receptive_fields(layers):
    """Pair (field, jump) for each layer, in pixels of the input."""
    field, jump, found = 1, 1, []
    for kernel, stride, _, dilation in layers:
        field += dilation * (kernel - 1) * jump
        jump *= stride
        found.append((field, jump))
    return found


def seen_by(layers, index):
    """First and last position of the input that a unit of the last layer looks at."""
    first = last = index
    for kernel, stride, padding, dilation in reversed(layers):
        first = (first - padding) * stride
        last = (last - padding) * stride + dilation * (kernel - 1)
    return first, last
