# Takes the logarithm of probabilities that are rounded to 0.
from torch.nn import functional as F


def distillation_loss(student_logits, teacher_logits, labels, temperature, alpha):
    """Weighted sum of the divergence from the teacher and the cross-entropy with the labels."""
    student = F.softmax(student_logits / temperature, dim=1).log()
    teacher = F.log_softmax(teacher_logits.detach() / temperature, dim=1)
    soft = F.kl_div(student, teacher, reduction="batchmean", log_target=True)
    hard = F.cross_entropy(student_logits, labels)
    return alpha * temperature**2 * soft + (1 - alpha) * hard
