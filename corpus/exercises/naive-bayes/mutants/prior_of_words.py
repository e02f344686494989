# Computes the prior from numbers of words instead of documents.
import numpy as np


def fit(counts, labels, classes, alpha):
    """Log prior (classes,) and smoothed log likelihood (classes, words)."""
    member = np.arange(classes)[:, None] == labels
    smoothed = member @ counts + alpha
    with np.errstate(divide="ignore"):
        log_prior = np.log((member @ counts).sum(axis=1) / counts.sum())
    return log_prior, np.log(smoothed / smoothed.sum(axis=1, keepdims=True))


def log_posterior(counts, log_prior, log_likelihood):
    """Log of P(class | document), (documents, classes)."""
    joint = counts @ log_likelihood.T + log_prior
    joint -= joint.max(axis=1, keepdims=True)
    return joint - np.log(np.exp(joint).sum(axis=1, keepdims=True))
