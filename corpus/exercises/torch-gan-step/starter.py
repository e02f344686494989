import torch


def gan_step(generator, discriminator, generator_optimizer, discriminator_optimizer, real, noise):
    """One step of the discriminator, then one of the generator; both losses as floats."""
    raise NotImplementedError
