import math

import numpy as np


def fit(counts, labels, classes, alpha):
    """Log prior (classes,) and smoothed log likelihood (classes, words)."""
    seen = np.zeros((classes, counts.shape[1]))
    documents = [0] * classes
    for row, label in zip(counts, labels, strict=True):
        seen[label] += row
        documents[label] += 1
    log_prior = [math.log(n / len(counts)) if n else -math.inf for n in documents]
    log_likelihood = np.empty_like(seen)
    for c in range(classes):
        log_likelihood[c] = np.log(seen[c] + alpha) - math.log(sum(seen[c]) + alpha * len(seen[c]))
    return np.array(log_prior), log_likelihood


def log_posterior(counts, log_prior, log_likelihood):
    """Log of P(class | document), (documents, classes)."""
    rows = [log_prior + (log_likelihood * row).sum(axis=1) for row in counts]
    return np.stack([row - np.logaddexp.reduce(row) for row in rows])
