"""Gives an answer a function of x, and for its gradient a right function or a wrong one."""

import numpy as np


def difference_of_cubes(answer, matrix, x, h):
    return answer.numerical_gradient(cubes(matrix), x, h)


def check_of_cubes(answer, matrix, x, mistake, h, tolerance):
    def gradient(x):
        return slopes(matrix, x) + mistake

    return answer.check_gradient(cubes(matrix), gradient, x, h, tolerance)


def check_with_gradient_in_shape(answer, matrix, x, shape, h, tolerance):
    def gradient(x):
        return slopes(matrix, x).reshape(shape)

    return answer.check_gradient(cubes(matrix), gradient, x, h, tolerance)


def cubes(matrix):
    return lambda x: float(np.sum((matrix @ x.ravel()) ** 3))


def slopes(matrix, x):
    return (3 * (matrix @ x.ravel()) ** 2 @ matrix).reshape(x.shape)
