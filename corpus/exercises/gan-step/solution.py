import numpy as np


def discriminator_loss(real, fake):
    """Loss, and its gradients with respect to the logits of real and of generated examples."""
    loss = np.logaddexp(0, -real).mean() + np.logaddexp(0, fake).mean()
    return loss, -sigmoid(-real) / len(real), sigmoid(fake) / len(fake)


def generator_loss(fake):
    """Non-saturating loss, and its gradient with respect to the logits of generated examples."""
    return np.logaddexp(0, -fake).mean(), -sigmoid(-fake) / len(fake)


def sigmoid(z):
    """1 / (1 + exp(-z)) for each element, without overflow."""
    return np.exp(-np.logaddexp(0, -z))
