"""Lets an answer descend on a quadratic and notes the points at which it asks for the gradient."""

import numpy as np


def descend_with_momentum(answer, matrix, vector, start, rate, beta, steps):
    return noted(answer.momentum, matrix, vector, start, rate, beta, steps)


def descend_with_nesterov(answer, matrix, vector, start, rate, beta, steps):
    return noted(answer.nesterov, matrix, vector, start, rate, beta, steps)


def noted(optimiser, matrix, vector, start, rate, beta, steps):
    points = []

    def grad(w):
        points.append(np.array(w))
        return matrix @ w - vector

    return optimiser(grad, start, rate, beta, steps), points
