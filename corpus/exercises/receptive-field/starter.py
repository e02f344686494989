def output_sizes(size, layers):
    """Number of units of each layer (kernel, stride, padding, dilation)."""
    raise NotImplementedError


def receptive_fields(layers):
    """Pair (field, jump) for each layer, in pixels of the input."""
    raise NotImplementedError


def seen_by(layers, index):
    """First and last position of the input that a unit of the last layer looks at."""
    raise NotImplementedError
