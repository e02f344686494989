# Keeps the parameters and forgets the buffers.
import copy
import math

import torch


def fit(model, train_epoch, validate, patience, max_epochs):
    """Trains with early stopping, leaves the best weights in the model: (best epoch, all losses)."""
    best_loss, losses = math.inf, []
    for epoch in range(1, max_epochs + 1):
        model.train()
        train_epoch(model)
        model.eval()
        with torch.no_grad():
            loss = validate(model)
        losses.append(loss)
        if loss < best_loss:
            best_loss, best_epoch = loss, epoch
            best_state = {k: p.detach().clone() for k, p in model.named_parameters()}
        elif epoch - best_epoch >= patience:
            break
    model.load_state_dict(best_state, strict=False)
    return best_epoch, losses
