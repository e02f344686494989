import torch
from torch.nn.functional import softplus


def gan_step(generator, discriminator, generator_optimizer, discriminator_optimizer, real, noise):
    with torch.no_grad():
        fake = generator(noise)
    d_loss = softplus(-discriminator(real)).mean() + softplus(discriminator(fake)).mean()
    descend(discriminator, discriminator_optimizer, d_loss)

    discriminator.requires_grad_(False)
    g_loss = softplus(-discriminator(generator(noise))).mean()
    descend(generator, generator_optimizer, g_loss)
    discriminator.requires_grad_(True)
    return float(d_loss.detach()), float(g_loss.detach())


def descend(network, optimizer, loss):
    """Sets the gradients of one network only and lets its optimizer step."""
    parameters = list(network.parameters())
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
        parameter.grad = gradient
    optimizer.step()
