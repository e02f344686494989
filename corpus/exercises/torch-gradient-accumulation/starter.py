import torch


def train_epoch(model, loss_function, optimizer, micro_batches, every):
    """One optimiser step for each `every` micro-batches; the mean loss of each batch."""
    raise NotImplementedError
