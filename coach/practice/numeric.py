"""What judges gradients: central differences, worked out outside the sandbox."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from coach.exercise import Gradient

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


def numerical_gradient(
    function: "Callable[..., Array | float]",
    args: "Sequence[Array]",
    cotangent: "Array | float" = 1.0,
    step: float = 1e-5,
) -> "tuple[Array, ...]":
    """Gradient of `(cotangent * function(*args)).sum()` by every argument, element by element.

    Arguments are float64 arrays of any shape; the error is of the order of `step` squared, about 1e-9
    for values and derivatives near 1 (Nocedal and Wright, Numerical Optimization, 8.1).
    """
    import numpy as np

    gradients = []
    for index, arg in enumerate(args):
        gradient = np.zeros(arg.shape)
        for place in np.ndindex(arg.shape):
            ends = []
            for sign in (1, -1):
                moved = arg.astype(np.float64)
                moved[place] += sign * step
                value = function(*args[:index], moved, *args[index + 1 :])
                ends.append(float(np.sum(cotangent * np.asarray(value))))
            gradient[place] = (ends[0] - ends[1]) / (2 * step)
        gradients.append(gradient)
    return tuple(gradients)


def gradient(
    function: "Callable[..., Array | float]", args: "Sequence[Array]", cotangent: "Array"
) -> Gradient:
    """The gradient to ask an answer for, with what it must be."""
    return Gradient(cotangent, numerical_gradient(function, args, cotangent))
