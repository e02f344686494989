# Shuffles the inputs but not the targets.
def train(x, y, w, b, rate, batch_size, epochs, rng):
    """Weights, bias and number of steps after some epochs of mini-batch descent."""
    w, steps = w.copy(), 0
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            error = x[batch] @ w + b - y[start : start + batch_size]
            w = w - rate * x[batch].T @ error / len(batch)
            b = b - rate * error.mean()
            steps += 1
    return w, b, steps
