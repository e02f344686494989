"""Gives an answer a function to walk down and notes where it asked."""

import numpy as np


def walk(answer, goal, start, rate):
    asked = []

    def gradient(x):
        asked.append(np.array(x))
        return 2 * (x - goal)

    return answer.descend(gradient, start, rate), asked
