"""Calls an answer and also shows the arrays it was given, as they are afterwards."""


def clipped_by_norm(answer, gradients, max_norm):
    return answer.clip_by_norm(gradients, max_norm), gradients


def clipped_by_value(answer, gradients, limit):
    return answer.clip_by_value(gradients, limit), gradients
