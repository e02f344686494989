from dataclasses import dataclass, field

import numpy as np


@dataclass
class EarlyStopping:
    """Writes down every epoch and looks the best one up."""

    patience: int
    min_delta: float
    epochs: list = field(default_factory=list)
    improvements: list = field(default_factory=list)

    @property
    def best_epoch(self):
        return self.improvements[-1] if self.improvements else None

    @property
    def best_loss(self):
        return self.epochs[self.best_epoch][0] if self.improvements else np.inf

    @property
    def best_weights(self):
        return self.epochs[self.best_epoch][1] if self.improvements else None

    def update(self, loss, weights):
        better = self.best_loss - loss > self.min_delta
        self.epochs.append((loss, np.array(weights)))
        if better:
            self.improvements.append(len(self.epochs) - 1)
        first_bad = self.improvements[-1] + 1 if self.improvements else 0
        return len(self.epochs) - first_bad >= self.patience
