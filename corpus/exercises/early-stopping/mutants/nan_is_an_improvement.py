# Asks whether the loss is no better, which nan never is.
import math


class EarlyStopping:
    """Tells when the validation loss has stopped improving, and remembers the best epoch."""

    def __init__(self, patience, min_delta):
        self.patience = patience
        self.min_delta = min_delta
        self.best_loss = math.inf
        self.best_epoch = None
        self.best_weights = None
        self.epoch = 0
        self.waited = 0

    def update(self, loss, weights):
        """Whether to stop after an epoch with this loss."""
        self.waited += 1
        if not loss >= self.best_loss - self.min_delta:
            self.best_loss, self.best_epoch = loss, self.epoch
            self.best_weights = weights.copy()
            self.waited = 0
        self.epoch += 1
        return self.waited >= self.patience
