"""Inputs and expected values for masked attention weights."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, Case


def sees(real, n, i, j, causal, ahead):
    return bool(real[n, j]) and (not causal or j <= i + ahead)


def right(scores, real, causal):
    """Each weight is 1 / sum of exp(other - own) over what the query sees."""
    weights = np.zeros(scores.shape)
    ahead = scores.shape[3] - scores.shape[2]
    for n, head, i in np.ndindex(scores.shape[:3]):
        seen = [j for j in range(scores.shape[3]) if sees(real, n, i, j, causal, ahead)]
        row = scores[n, head, i, seen].astype(float)
        for j, own in zip(seen, row, strict=True):
            weights[n, head, i, j] = np.exp(-np.logaddexp.reduce(row - own))
    return weights


def padded(keys, *lengths, left=False):
    """True for as many keys of each example, at the end where the padding is on the left."""
    real = np.arange(keys) < np.array(lengths)[:, None]
    return real[:, ::-1].copy() if left else real


def cases(seed):
    rng = np.random.default_rng(seed)

    def draw(batch, heads, queries, keys, scale=1.0):
        return scale * rng.normal(size=(batch, heads, queries, keys))

    return [*simple(draw), *rules(draw), *larger(rng, draw)]


def case(name, en, zh, scores, real, causal):
    tolerance = FLOAT64 if scores.dtype == np.float64 else FLOAT32
    args = (scores, real, causal)
    return Case(
        name, Bilingual(en, zh), args, right(*args), tolerance=tolerance, dtype=str(scores.dtype)
    )


def simple(draw):
    return [
        case(
            "no mask",
            "Where everything is seen it is a softmax over the keys.",
            "全部可见时，就是在键上做 softmax。",
            draw(1, 1, 2, 3), padded(3, 3), False,
        ),
        case(
            "padding",
            "Padding gets weight 0 and the real keys' weights add up to 1.",
            "填充的权重为 0，真实键的权重之和为 1。",
            draw(1, 1, 2, 3), padded(3, 2), False,
        ),
        case(
            "causal",
            "A query sees its own position and what comes before, nothing later.",
            "查询能看到自己的位置和之前的位置，看不到之后的。",
            draw(1, 1, 3, 3), padded(3, 3), True,
        ),
        case(
            "one query, many keys",
            "The queries are the last positions: the last one sees every key.",
            "查询是最后的几个位置：最后一个查询能看到所有的键。",
            draw(1, 1, 1, 4), padded(4, 4), True,
        ),
        case(
            "two queries, four keys",
            "Query i stands at position i + keys - queries.",
            "查询 i 的位置是 i + 键数 - 查询数。",
            draw(1, 1, 2, 4), padded(4, 4), True,
        ),
    ]  # fmt: skip


def rules(draw):
    hidden = draw(1, 2, 3, 4)
    hidden[..., 2:] = [1e30, np.nan]
    high = draw(1, 1, 3, 3)
    high[0, 0][np.triu_indices(3, 1)] = [2000.0, np.inf, -np.inf]
    return [
        case(
            "nothing but padding",
            "A query that sees no key has zero weights, not 1 / keys and not NaN.",
            "一个键也看不到的查询，权重全为 0，既不是均分也不是 NaN。",
            draw(2, 1, 2, 3), padded(3, 2, 0), False,
        ),
        case(
            "padding on the left",
            "With padding on the left the first queries of a causal mask see nothing.",
            "填充在左侧时，因果掩码下最前面的查询什么也看不到。",
            draw(1, 1, 3, 3), padded(3, 2, left=True), True,
        ),
        case(
            "hidden rubbish in the padding",
            "What stands in the padding has no influence, whatever it is.",
            "填充位置上无论是什么值，都不影响结果。",
            hidden, padded(4, 2), False,
        ),
        case(
            "hidden rubbish in the future",
            "A huge score of a later key has no influence: shift by the largest score that is seen.",
            "之后的键分数再大也不影响结果：平移时只看可见分数的最大值。",
            high, padded(3, 3), True,
        ),
        case(
            "large scores",
            "Scores in the thousands must not overflow in exp.",
            "分数达到几千时，取 exp 不能溢出。",
            draw(1, 2, 3, 3, scale=500.0) + 3000, padded(3, 3), True,
        ),
        case(
            "very negative scores",
            "Only differences count: scores far below zero that are seen still have weights that add up to 1.",
            "只有差值起作用：可见的分数即使远小于零，权重之和仍为 1。",
            draw(1, 1, 3, 4) - 5000, padded(4, 3), False,
        ),
        case(
            "gaps",
            "Padding may stand in the middle of a sequence.",
            "填充也可以在序列中间。",
            draw(1, 2, 4, 4), np.array([[True, False, True, True]]), True,
        ),
    ]  # fmt: skip


def larger(rng, draw):
    real = rng.random((4, 4)) < 0.6
    real[:, 0] = [True, False, True, True]
    real[2] = [True, False, False, True]
    return [
        case(
            "as many examples as queries",
            "The padding mask belongs to example and key; it says nothing about heads and queries.",
            "填充掩码只取决于样本和键，与头和查询无关。",
            draw(4, 4, 4, 4), real, False,
        ),
        case(
            "float32",
            "The weights keep the dtype of the scores.",
            "权重保持分数的 dtype。",
            draw(2, 2, 3, 5).astype("float32"), padded(5, 5, 3), True,
        ),
        case(
            "transposed",
            "The scores may be a transposed view of another array.",
            "分数可以是另一个数组的转置视图。",
            draw(2, 4, 3, 2).transpose(0, 3, 2, 1), padded(4, 3, 4), True,
        ),
        case(
            "batch",
            "Right for every query of every head and example.",
            "每个样本、每个头、每个查询都要正确。",
            draw(3, 2, 6, 8, scale=4.0), padded(8, 8, 5, 1, left=True), True,
        ),
    ]  # fmt: skip
