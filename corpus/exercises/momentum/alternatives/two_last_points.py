def momentum(grad, w, rate, beta, steps):
    """The velocity is what lies between the last two points."""
    before, now = w.copy(), w.copy()
    for _ in range(steps):
        before, now = now, now + beta * (now - before) - rate * grad(now)
    return now, now - before


def nesterov(grad, w, rate, beta, steps):
    """The step goes from the point ahead, down the gradient found there."""
    before, now = w.copy(), w.copy()
    for _ in range(steps):
        ahead = (1 + beta) * now - beta * before
        before, now = now, ahead - rate * grad(ahead)
    return now, now - before
