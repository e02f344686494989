import numpy as np


def train(x, y, w, b, rate, batch_size, epochs, rng):
    """Gradients are summed one example at a time and used when a batch is full or the epoch ends."""
    w, b, steps = np.array(w), float(b), 0
    for _ in range(epochs):
        slope, shift, count = np.zeros_like(w), 0.0, 0
        for place, i in enumerate(rng.permutation(len(x)), 1):
            error = float(np.dot(x[i], w)) + b - y[i]
            slope, shift, count = slope + error * x[i], shift + error, count + 1
            if count == batch_size or place == len(x):
                w, b, steps = w - rate * slope / count, b - rate * shift / count, steps + 1
                slope, shift, count = np.zeros_like(w), 0.0, 0
    return w, b, steps
