# Returns the gradient of W transposed.
def linear(x, W, b):
    """x W + b for each vector along the last axis."""
    return x @ W + b


def linear_backward(upstream, x, W):
    """Gradients with respect to x, W and b."""
    inputs, outputs = W.shape
    vectors, slopes = x.reshape(-1, inputs), upstream.reshape(-1, outputs)
    return upstream @ W.T, slopes.T @ vectors, slopes.sum(axis=0)
