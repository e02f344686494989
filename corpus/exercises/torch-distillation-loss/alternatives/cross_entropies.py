import torch


def distillation_loss(student_logits, teacher_logits, labels, temperature, alpha):
    """The divergence as a difference of two cross-entropies, everything from log-normalisers."""
    with torch.no_grad():
        teacher = teacher_logits / temperature
        target = torch.softmax(teacher, dim=-1)
    student = student_logits / temperature
    expected_gap = (target * (teacher - student)).sum(-1)
    soft = expected_gap - torch.logsumexp(teacher, -1) + torch.logsumexp(student, -1)
    own = student_logits.gather(1, labels.unsqueeze(1)).squeeze(1)
    hard = torch.logsumexp(student_logits, -1) - own
    return torch.mean(alpha * soft * temperature * temperature + (1 - alpha) * hard)
