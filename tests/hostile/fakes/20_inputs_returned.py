# goal: return what came in
# against: softmax mean halve odd basis descend
# ruff: noqa
softmax = mean = halve = odd = basis = lambda x: x
descend = lambda gradient, x, rate: x
