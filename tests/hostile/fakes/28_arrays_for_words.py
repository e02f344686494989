# goal: return an array where a word or nothing is expected
# against: odd
# ruff: noqa
import numpy as np

odd = lambda n: np.ones(3)
