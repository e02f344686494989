# Clips the probabilities, which caps losses at about 16.
import numpy as np


def discriminator_loss(real, fake):
    """Loss, and its gradients with respect to the logits of real and of generated examples."""
    loss = (
        -np.log(np.clip(sigmoid(real), 1e-7, 1)).mean()
        - np.log(np.clip(1 - sigmoid(fake), 1e-7, 1)).mean()
    )
    return loss, -sigmoid(-real) / len(real), sigmoid(fake) / len(fake)


def generator_loss(fake):
    """Non-saturating loss, and its gradient with respect to the logits of generated examples."""
    return -np.log(np.clip(sigmoid(fake), 1e-7, 1)).mean(), -sigmoid(-fake) / len(fake)


def sigmoid(z):
    """1 / (1 + exp(-z)) for each element, without overflow."""
    return np.exp(-np.logaddexp(0, -z))
