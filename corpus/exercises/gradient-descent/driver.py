"""Lets an answer descend and notes the points at which it asks for the gradient."""

import numpy as np


def descend_on_quadratic(answer, matrix, vector, start, rate, tolerance, max_steps):
    def f(x):
        return float(x @ (matrix @ x) / 2 - vector @ x)

    def grad(x):
        return matrix @ x - vector

    return noted(answer, f, grad, start, rate, tolerance, max_steps)


def descend_on_logarithms(answer, weights, start, rate, tolerance, max_steps):
    def f(x):
        return float(weights @ (x - np.log(x))) if np.all(x > 0) else float("nan")

    def grad(x):
        return weights * (1 - 1 / x)

    return noted(answer, f, grad, start, rate, tolerance, max_steps)


def noted(answer, f, grad, start, rate, tolerance, max_steps):
    points = []

    def noting(x):
        points.append(np.array(x))
        return grad(x)

    return answer.descend(f, noting, start, rate, tolerance, max_steps), points
