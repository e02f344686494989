import torch


def train(model, loss_function, optimizer, batches, validation, epochs):
    """Trains and validates; (training loss, validation loss, accuracy) of each epoch."""
    raise NotImplementedError
