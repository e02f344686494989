import torch
from torch.nn import functional as F


def gan_step(generator, discriminator, generator_optimizer, discriminator_optimizer, real, noise):
    """One step of the discriminator, then one of the generator; both losses as floats."""
    fake = generator(noise)

    discriminator_optimizer.zero_grad()
    d_loss = bce(discriminator(real), 1.0) + bce(discriminator(fake.detach()), 0.0)
    d_loss.backward()
    discriminator_optimizer.step()

    generator_optimizer.zero_grad()
    g_loss = bce(discriminator(fake), 1.0)
    g_loss.backward()
    generator_optimizer.step()
    return d_loss.item(), g_loss.item()


def bce(logits, label):
    """Mean binary cross-entropy of logits that all have the same label."""
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, label))
