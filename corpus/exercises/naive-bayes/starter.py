import numpy as np


def fit(counts, labels, classes, alpha):
    """Log prior (classes,) and smoothed log likelihood (classes, words)."""
    raise NotImplementedError


def log_posterior(counts, log_prior, log_likelihood):
    """Log of P(class | document), (documents, classes)."""
    raise NotImplementedError
