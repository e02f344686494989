import copy


class EarlyStopping:
    """Counts down, and works with the loss that has to be undercut."""

    best_loss, best_epoch, best_weights = float("inf"), None, None

    def __init__(self, patience, min_delta):
        self.left = self.patience = patience
        self.min_delta = min_delta
        self.bar = float("inf")
        self.seen = -1

    def update(self, loss, weights):
        self.seen += 1
        if not loss < self.bar:
            self.left -= 1
            return self.left <= 0
        self.bar = loss - self.min_delta
        self.left = self.patience
        self.best_loss, self.best_epoch, self.best_weights = loss, self.seen, copy.deepcopy(weights)
        return False
