import numpy as np


def discriminator_loss(real, fake):
    """Loss, and its gradients with respect to the logits of real and of generated examples."""
    raise NotImplementedError


def generator_loss(fake):
    """Non-saturating loss, and its gradient with respect to the logits of generated examples."""
    raise NotImplementedError
