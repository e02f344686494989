"""Logits of student and teacher with expected losses in NumPy, gradients by central differences."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, NUMERICAL, Case, Tensor
from coach.practice.judge import compare
from coach.practice.numeric import numerical_gradient

LABELS = {
    "loss": Bilingual("loss", "损失"),
    "student_gradient": Bilingual("gradient by student_logits", "对 student_logits 的梯度"),
    "teacher_gradient": Bilingual("gradient by teacher_logits", "对 teacher_logits 的梯度"),
}


def named(expected, tolerance):
    """A check that compares the parts of a report one by one and says which one is wrong."""

    def check(value):
        for key, wanted in expected.items():
            found = value.get(key) if isinstance(value, dict) else None
            fault = compare(wanted, found, tolerance)
            if fault is not None:
                return Bilingual(f"{LABELS[key].en}: {fault.en}", f"{LABELS[key].zh}：{fault.zh}")
        return None

    return check


def log_softmax(row):
    return row - np.logaddexp.reduce(row)


def right(student, teacher, labels, temperature, alpha):
    """Example by example, class by class."""
    total = 0.0
    for s_row, t_row, label in zip(student, teacher, labels, strict=True):
        log_s, log_t = log_softmax(s_row / temperature), log_softmax(t_row / temperature)
        soft = sum(np.exp(t) * (t - s) for s, t in zip(log_s, log_t, strict=True))
        total += alpha * temperature**2 * soft - (1 - alpha) * log_softmax(s_row)[label]
    return total / len(labels)


def cases(seed):
    rng = np.random.default_rng(seed)
    temperature, alpha = float(rng.uniform(2, 5)), float(rng.uniform(0.3, 0.45))
    return [*values(rng, temperature, alpha), *gradients(rng, temperature, alpha)]


def draw(rng, examples, classes, scale=1.5):
    student, teacher = scale * rng.normal(size=(2, examples, classes))
    return student, teacher, rng.integers(0, classes, size=examples)


def values(rng, temperature, alpha):
    def case(name, en, zh, inputs, temperature=temperature, alpha=alpha, tolerance=FLOAT64):
        student, teacher, labels = inputs
        wide = (student.astype(float), teacher.astype(float), labels)
        expected = right(*wide, temperature, alpha)
        args = (*(Tensor(a) for a in inputs), temperature, alpha)
        why = Bilingual(en, zh)
        return Case(name, why, args, expected, tolerance=tolerance, dtype=student.dtype.name)

    one = draw(rng, 1, 2)
    same = draw(rng, 3, 4)
    narrow = draw(rng, 4, 5)
    far = draw(rng, 3, 4, scale=800.0)
    return [
        case(
            "labels alone",
            "With alpha = 0 only the labels count, and the student is judged at temperature 1.",
            "alpha 为 0 时只看标签，学生按温度 1 计算。",
            one, alpha=0.0,
        ),
        case(
            "teacher alone, temperature 1",
            "With alpha = 1 only the divergence KL(teacher || student) counts: the teacher gives the weights.",
            "alpha 为 1 时只看散度 KL(教师 || 学生)：以教师的概率为权重。",
            draw(rng, 1, 3), temperature=1.0, alpha=1.0,
        ),
        case(
            "several examples",
            "The divergence is summed over the classes and averaged over the examples.",
            "散度对类别求和，对样本取平均。",
            draw(rng, 4, 3), temperature=1.0, alpha=1.0,
        ),
        case(
            "soft targets",
            "Both distributions are softened by the temperature, and its square makes up for the smaller gradients.",
            "两个分布都用温度软化，再乘温度的平方来补偿变小的梯度。",
            draw(rng, 2, 3), alpha=1.0,
        ),
        case(
            "both parts",
            "alpha weighs the teacher, 1 - alpha the labels.",
            "alpha 是教师部分的权重，1 - alpha 是标签部分的权重。",
            draw(rng, 5, 4),
        ),
        case(
            "student agrees with the teacher",
            "Where both distributions are the same the divergence is 0, whatever their entropy.",
            "两个分布相同时散度为 0，与它们的熵无关。",
            (same[0], same[0] + 1.0, same[2]), alpha=1.0,
        ),
        case(
            "temperature below 1",
            "A temperature below 1 sharpens instead.",
            "温度小于 1 则使分布更尖锐。",
            draw(rng, 3, 4), temperature=0.5,
        ),
        case(
            "large logits",
            "A class whose probability is rounded to 0 has no logarithm: work with log-probabilities throughout.",
            "概率舍入成 0 的类别取不了对数：全程使用对数概率。",
            far, temperature=1.5,
        ),
        case(
            "float32",
            "The dtype of the student's logits is kept.",
            "保持学生 logits 的 dtype。",
            (*(a.astype(np.float32) for a in narrow[:2]), narrow[2]), tolerance=FLOAT32,
        ),
    ]  # fmt: skip


def gradients(rng, temperature, alpha):
    for name, share in (("gradients, teacher alone", 1.0), ("gradients, both parts", alpha)):
        student, teacher, labels = draw(rng, 3, 4)
        settings = (teacher, labels, temperature, share)
        (slopes,) = numerical_gradient(lambda x, rest=settings: right(x, *rest), (student,))
        expected = {
            "loss": right(student, *settings),
            "teacher_gradient": np.zeros(teacher.shape),
            "student_gradient": slopes,
        }
        yield Case(
            name,
            Bilingual(
                "The student learns from both parts; the teacher is a constant and gets no gradient.",
                "学生从两部分学习；教师是常量，不接收梯度。",
            ),
            (*(Tensor(a) for a in (student, teacher, labels)), temperature, share),
            call="differentiate",
            check=named(expected, NUMERICAL),
        )
