"""Sequences in pieces, and what one pass over the whole sequence gives, query by query in NumPy."""

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT32, FLOAT64, Case, Tensor
from coach.practice.judge import compare

LABELS = {
    "outputs": Bilingual("outputs of all calls in order", "各次调用的输出依次拼接"),
    "first": Bilingual("output of the first continuation", "第一个续写的输出"),
    "second": Bilingual(
        "output of the second continuation from the same cache", "从同一缓存出发的第二个续写的输出"
    ),
    "keys": Bilingual("keys in the cache at the end", "最后缓存里的 keys"),
    "values": Bilingual("values in the cache at the end", "最后缓存里的 values"),
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


def right(x, w_q, w_k, w_v, w_o, heads):
    """Outputs, keys and values of the whole sequence: each query only meets the tokens up to its own."""
    batch, tokens, d = x.shape
    size = d // heads
    mixed = np.zeros(x.shape)
    q, k, v = (np.einsum("btd,de->bte", x, w) for w in (w_q, w_k, w_v))
    for b in range(batch):
        for t in range(tokens):
            for h in range(heads):
                part = slice(h * size, (h + 1) * size)
                scores = k[b, : t + 1, part] @ q[b, t, part] / np.sqrt(size)
                weights = np.exp(scores - np.logaddexp.reduce(scores))
                mixed[b, t, part] = weights @ v[b, : t + 1, part]
    by_head = [np.stack(np.split(a, heads, axis=2), axis=1) for a in (k, v)]
    return np.einsum("btd,de->bte", mixed, w_o), *by_head


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*decoded(rng), branched(rng)]


def decoded(rng):
    def case(name, en, zh, batch, d, heads, lengths, scale=1.0, dtype="float64"):
        x = (scale * rng.normal(size=(batch, sum(lengths), d))).astype(dtype)
        weights = (rng.normal(size=(4, d, d)) / np.sqrt(d)).astype(dtype)
        expected = right(*(a.astype(float) for a in (x, *weights)), heads)
        report = dict(zip(("outputs", "keys", "values"), expected, strict=True))
        args = (Tensor(x), *(Tensor(w) for w in weights), heads, lengths)
        tolerance = FLOAT64 if dtype == "float64" else FLOAT32
        why = Bilingual(en, zh)
        return Case(name, why, args, call="decode", check=named(report, tolerance))

    return [
        case(
            "one token",
            "The first token sees itself alone: its output is its own value times w_o.",
            "第一个 token 只看到自己：输出就是它自己的 v 乘 w_o。",
            1, 2, 1, [1],
        ),
        case(
            "whole sequence at once",
            "Without a cache it is ordinary causal attention.",
            "没有缓存时就是普通的因果注意力。",
            1, 2, 1, [4],
        ),
        case(
            "two heads",
            "Each head has its own columns and scale, and the results are put side by side again.",
            "每个头用自己的列和自己的缩放，结果再并排拼回去。",
            2, 4, 2, [3],
        ),
        case(
            "token by token",
            "A new token sees everything in the cache, and is in the cache when the next one comes.",
            "新 token 能看到缓存里的全部内容，下一个 token 到来时它也在缓存里。",
            1, 4, 2, [1, 1, 1, 1],
        ),
        case(
            "several tokens after a prefix",
            "New tokens see all of the past but not the new tokens behind them: the mask is shifted by the past.",
            "新 token 看得到全部历史，看不到排在后面的新 token：掩码要按历史长度平移。",
            2, 4, 2, [2, 3],
        ),
        case(
            "uneven pieces",
            "However the sequence is cut, the outputs are those of one call.",
            "无论怎样切分，输出都与一次性计算相同。",
            2, 6, 3, [3, 1, 2, 1],
        ),
        case(
            "large scores",
            "Scores in the thousands must neither overflow nor underflow.",
            "分数上千时既不能上溢也不能下溢。",
            1, 4, 1, [2, 2], scale=300.0,
        ),
        case(
            "float32",
            "The dtype of the inputs is kept.",
            "保持输入的 dtype。",
            2, 8, 4, [4, 1, 1], dtype="float32",
        ),
    ]  # fmt: skip


def branched(rng):
    d, heads = 4, 2
    prefix, first, second = (rng.normal(size=(1, tokens, d)) for tokens in (3, 2, 2))
    weights = rng.normal(size=(4, d, d)) / 2
    outputs = [
        right(np.concatenate([prefix, more], axis=1), *weights, heads)[0][:, 3:]
        for more in (first, second)
    ]
    _, keys, values = right(prefix, *weights, heads)
    report = {"first": outputs[0], "second": outputs[1], "keys": keys, "values": values}
    return Case(
        "two continuations",
        Bilingual(
            "A cache may be continued more than once, so a call must not change the one it is given.",
            "同一份缓存可能被续写多次，所以调用不能改动传入的缓存。",
        ),
        (*(Tensor(a) for a in (prefix, first, second, *weights)), heads),
        call="branch",
        check=named(report, FLOAT64),
    )
