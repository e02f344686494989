"""Asks for the loss and for the gradients by both logits."""

import torch


def differentiate(answer, student_logits, teacher_logits, labels, temperature, alpha):
    """Loss, and its gradients by both logits, zero where there is none."""
    leaves = [tensor.clone().requires_grad_() for tensor in (student_logits, teacher_logits)]
    loss = answer.distillation_loss(*leaves, labels, temperature, alpha)
    loss.backward()
    found = [torch.zeros_like(leaf) if leaf.grad is None else leaf.grad for leaf in leaves]
    return {"loss": loss, "student_gradient": found[0], "teacher_gradient": found[1]}
