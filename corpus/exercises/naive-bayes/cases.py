"""Inputs and expected values for multinomial naive Bayes."""

import math

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case


def fitted(counts, labels, classes, alpha):
    n, words = counts.shape
    prior, likelihood = np.full(classes, -np.inf), np.empty((classes, words))
    for c in range(classes):
        own = counts[labels == c].tolist()
        if own:
            prior[c] = math.log(len(own)) - math.log(n)
        total = sum(map(sum, own)) + alpha * words
        for w in range(words):
            likelihood[c, w] = math.log((sum(row[w] for row in own) + alpha) / total)
    return prior, likelihood


def posterior(counts, log_prior, log_likelihood):
    """Each log probability as minus the log of a sum of odds."""
    joint = np.einsum("nw,cw->nc", counts.astype(float), log_likelihood) + log_prior
    result = np.full(joint.shape, -np.inf)
    for c in np.flatnonzero(np.isfinite(log_prior)):
        result[:, c] = -np.logaddexp.reduce(joint - joint[:, [c]], axis=1)
    return result


def texts(rng, n, words, classes, length=12):
    """Counts of documents whose words are drawn by class, and their classes, each at least once."""
    labels = rng.permutation(np.arange(n) % classes)
    likely = rng.dirichlet(np.ones(words), size=classes)
    return np.array([rng.multinomial(length + i, likely[c]) for i, c in enumerate(labels)]), labels


def parameters(rng, classes, words):
    return np.log(rng.dirichlet(np.ones(classes))), np.log(
        rng.dirichlet(np.ones(words), size=classes)
    )


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*fits(rng), *posteriors(rng)]


def fits(rng):
    def case(name, en, zh, counts, labels, classes, alpha):
        args = (counts, labels, classes, alpha)
        return Case(name, Bilingual(en, zh), args, fitted(*args), call="fit")

    counts, labels = texts(rng, 5, 3, 2)
    unseen = counts.copy()
    unseen[:, 1] = 0
    many, many_labels = texts(rng, 40, 12, 4)
    skewed = np.array([0, 1, 1, 1, 1])[rng.permutation(5)]
    return [
        case(
            "one document",
            "It counts how often a word occurs, not only whether; alpha is added once for each word, in the total too.",
            "数的是词出现的次数，而不只是词是否出现；每个词各加一次 alpha，总数里也是。",
            np.array([[3, 1]]) * rng.integers(1, 5), np.array([0]), 1, 1.0,
        ),
        case(
            "two classes",
            "alpha is added to every word's count, so the total of a class grows by alpha for each word.",
            "每个词的次数都加 alpha，所以类的总次数随每个词各增加 alpha。",
            counts, labels, 2, 0.5,
        ),
        case(
            "more documents of one class",
            "The prior of a class is its share of the documents, not of the words, and is not smoothed.",
            "类的先验是它占文档数（而不是词数）的比例，不做平滑。",
            counts, skewed, 2, 1.0,
        ),
        case(
            "word never seen",
            "Smoothing gives a word that was never seen a probability above 0.",
            "平滑使从未见过的词也有大于 0 的概率。",
            unseen, labels, 2, 0.1,
        ),
        case(
            "class without documents",
            "A class without documents has log prior -inf, and smoothing makes its words equally likely.",
            "没有文档的类，对数先验为 -inf，平滑使它的各词概率相同。",
            counts, 2 * labels, 3, 1.0,
        ),
        case(
            "fit to many documents",
            "Each class's likelihoods come from its own documents.",
            "每个类的似然只来自该类自己的文档。",
            np.asfortranarray(many), many_labels, 4, 2.0,
        ),
    ]  # fmt: skip


def posteriors(rng):
    def case(name, en, zh, counts, log_prior, log_likelihood):
        args = (counts, log_prior, log_likelihood)
        return Case(name, Bilingual(en, zh), args, posterior(*args), call="log_posterior")

    prior, likelihood = parameters(rng, 3, 4)
    gap = np.array([np.log(0.3), -np.inf, np.log(0.7)])
    long = rng.multinomial(6000, rng.dirichlet(np.ones(4)), size=3)
    lengths = np.concatenate([long[:1], rng.integers(0, 3, size=(2, 4))])
    many, _ = texts(rng, 40, 12, 4)
    return [
        case(
            "short documents",
            "Prior and likelihood are combined, and the probabilities of each document add up to 1.",
            "先验与似然相结合，每篇文档的概率之和为 1。",
            rng.integers(0, 3, size=(2, 4)), prior, likelihood,
        ),
        case(
            "empty document",
            "A document without words leaves the prior as it is.",
            "没有词的文档，后验就是先验。",
            np.zeros((1, 4), dtype=np.int64), prior, likelihood,
        ),
        case(
            "impossible class",
            "A class with log prior -inf stays at -inf and does not disturb the others.",
            "对数先验为 -inf 的类保持 -inf，不影响其他类。",
            rng.integers(0, 3, size=(2, 4)), gap, likelihood,
        ),
        case(
            "long documents",
            "The probability of thousands of words underflows: stay in logs, and shift before exp.",
            "几千个词的概率会下溢：要留在对数空间，取 exp 之前先平移。",
            long, prior, likelihood,
        ),
        case(
            "long and short documents",
            "Each document is shifted by its own maximum: a short one and a long one lie far apart.",
            "每篇文档按自己的最大值平移：长文档和短文档的数值相差很远。",
            lengths, prior, likelihood,
        ),
        case(
            "many documents",
            "Each row is normalised by itself.",
            "每一行各自归一化。",
            many, *parameters(rng, 4, 12),
        ),
    ]  # fmt: skip
