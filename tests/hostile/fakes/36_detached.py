# goal: return right values that depend on nothing
# against: cube
# ruff: noqa
def cube(x):
    return (x * x * x).detach().requires_grad_()
