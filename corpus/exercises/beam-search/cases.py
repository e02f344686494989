"""Inputs and checks for beam search over a table of log-probabilities."""

import itertools

import numpy as np

from coach.card import Bilingual
from coach.exercise import FLOAT64, Case
from coach.practice.compare import compare

END = 0


def score_of(tokens, table):
    """Sum from left to right."""
    return sum(float(table[a, b]) for a, b in itertools.pairwise(tokens))


def ended(tokens):
    return len(tokens) > 1 and tokens[-1] == END


def right(table, start, width, max_length, alpha):
    """The beam, and all prefixes to ask about; parent's rank and token stand in the sort key."""
    beam, asked = [(start,)], []
    for _ in range(max_length):
        keyed = []
        for rank, tokens in enumerate(beam):
            followers = [(*tokens, int(t)) for t in np.flatnonzero(np.isfinite(table[tokens[-1]]))]
            asked += [] if ended(tokens) else [list(tokens)]
            for longer in [tokens] if ended(tokens) else followers:
                keyed.append((-score_of(longer, table), rank, longer[-1], longer))
        beam = [item[-1] for item in sorted(keyed)[:width]]
        if all(map(ended, beam)):
            break
    return ranked(beam, table, alpha), asked


def ranked(beam, table, alpha):
    by_length = [score_of(tokens, table) / (len(tokens) - 1) ** alpha for tokens in beam]
    order = sorted(range(len(beam)), key=lambda i: (-by_length[i], i))
    return [(list(beam[i]), score_of(beam[i], table)) for i in order]


def exhaustive(table, start, alpha):
    """All hypotheses of at most two tokens; longer ones may tie, since transitions repeat in another order."""
    tokens = range(len(table))
    open_ones = [(start, token) for token in tokens if token != END]
    found = [(start, END), *((*pair, token) for pair in open_ones for token in tokens)]
    by_score = sorted(found, key=lambda hypothesis: -score_of(hypothesis, table))
    return ranked(by_score, table, alpha), [[start], *map(list, open_ones)]


def checked(found, asked):
    """A check of the hypotheses and of what the model was asked for."""

    def check(value):
        if not isinstance(value, dict) or set(value) != {"found", "asked"}:
            return Bilingual("No result arrived.", "没有得到结果。")
        return found_fault(found, value["found"]) or asked_fault(asked, value["asked"])

    return check


def found_fault(wanted, found):
    if not isinstance(found, (tuple, list)) or len(found) != len(wanted):
        return compare(wanted, found, FLOAT64)
    for rank, (hypothesis, other) in enumerate(zip(wanted, found, strict=True), 1):
        if compare(hypothesis, other, FLOAT64) is not None:
            return Bilingual(
                f"Hypothesis {rank}: expected {shown(hypothesis)}, got {shown(other)}.",
                f"第 {rank} 个假设：应为 {shown(hypothesis)}，实际为 {shown(other)}。",
            )
    return None


def asked_fault(wanted, asked):
    if not isinstance(asked, list) or not asked or not all(map(is_tokens, asked)):
        return Bilingual("next_log_probs was never asked.", "从未调用 next_log_probs。")
    needless = next((p for p in asked if p not in wanted), None)
    if needless is not None:
        return Bilingual(
            f"next_log_probs was asked about {shown(needless)}: no open hypothesis of the beam has these tokens.",
            f"对 {shown(needless)} 调用了 next_log_probs，但束中没有哪个未完成的假设是这些 token。",
        )
    if len(asked) == len(wanted):
        return None
    return Bilingual(
        f"next_log_probs was called {len(asked)} times, not {len(wanted)}.",
        f"next_log_probs 被调用了 {len(asked)} 次，应为 {len(wanted)} 次。",
    )


def is_tokens(value):
    return isinstance(value, list) and all(isinstance(token, int) for token in value)


def shown(value):
    """A hypothesis or a list of tokens, short enough to read."""
    return str(tidy(value))[:120]


def tidy(value):
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, (tuple, list)):
        return type(value)(map(tidy, value))
    return round(value, 6) if isinstance(value, float) else value


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*small(rng), *ties(), *endings(rng), *larger(rng)]


def drawn(rng, size, scale=1.0):
    """A table whose rows are probabilities."""
    table = scale * rng.normal(size=(size, size))
    return table - np.logaddexp.reduce(table, axis=1, keepdims=True)


def case(name, en, zh, table, width, max_length, alpha=0.0, start=1):
    check = checked(*right(table, start, width, max_length, alpha))
    args = (table, start, END, width, max_length, alpha)
    return Case(name, Bilingual(en, zh), args, check=check, call="search")


def chances(rng, *rows):
    """Logs of about these probabilities."""
    with np.errstate(divide="ignore"):
        table = np.log(np.array(rows))
    return table + rng.uniform(-0.01, 0.01, size=table.shape)


def small(rng):
    trap = chances(
        rng, [1, 0, 0, 0], [0.02, 0.03, 0.55, 0.4], [0.3, 0.25, 0.25, 0.2], [0.9, 0.03, 0.03, 0.04]
    )
    rivals = drawn(rng, 4, scale=0.3) - 6.0 * (np.arange(4) == END)
    return [
        case(
            "one step",
            "After one step the beam holds the best tokens that can follow the start token.",
            "一步之后，束里是最适合接在 start 之后的几个 token。",
            drawn(rng, 4), 2, 1,
        ),
        case(
            "greedy",
            "With width 1 only the best continuation survives each step.",
            "width 为 1 时，每一步只留下最好的一个。",
            trap, 1, 2,
        ),
        case(
            "better second choice",
            "Scores add up: a weaker first token may lead to the better sequence.",
            "得分是累加的：第一个 token 差一些，也可能得到更好的序列。",
            trap, 2, 2,
        ),
        case(
            "fewer candidates than width",
            "If there are fewer candidates than width all of them are kept.",
            "候选不足 width 个时全部保留。",
            drawn(rng, 3), 5, 1,
        ),
        case(
            "rivals",
            "The width limits the beam as a whole, not the continuations of each hypothesis.",
            "width 限制的是整个束，而不是每个假设的延续数。",
            rivals, 2, 3,
        ),
    ]  # fmt: skip


def endings(rng):
    early = chances(
        rng, [1, 0, 0, 0], [0.4, 0.02, 0.38, 0.2], [0.1, 0.1, 0.2, 0.6], [0.5, 0.1, 0.2, 0.2]
    )
    again = chances(rng, [0.2, 0.3, 0.5], [0.3, 0.1, 0.6], [0.45, 0.15, 0.4])
    never = chances(rng, [0.4, 0.3, 0.3], [0, 0.7, 0.3], [0, 0.6, 0.4])
    short = [0.37, 0.22, 0.41]
    certain = chances(rng, [0.1, 0.5, 0.4], [0.9, 0.05, 0.05], [0.8, 0.1, 0.1])
    return [
        case(
            "a finished hypothesis stays",
            "A finished hypothesis stays on the beam with its score, and competes with longer ones.",
            "已完成的假设带着得分留在束里，与更长的假设竞争。",
            early, 3, 3,
        ),
        case(
            "not extended after the end",
            "After the end token nothing follows; the model isn't asked about it.",
            "end 之后不再延续，也不再询问模型。",
            np.where(np.arange(4)[:, None] == END, np.log([0.1, 0.7, 0.1, 0.1]), early), 2, 3,
        ),
        case(
            "goes on after the first end",
            "The search goes on until every hypothesis on the beam is finished.",
            "直到束里的假设全部完成才停止，而不是第一个完成就停。",
            early, 2, 6,
        ),
        case(
            "stops when all are finished",
            "Once every hypothesis on the beam is finished the search stops, however large max_length is.",
            "束里的假设全部完成后就停止，无论 max_length 多大。",
            certain, 1, 50,
        ),
        case(
            "no end in sight",
            "After max_length steps open hypotheses are returned as they are; impossible tokens are never taken.",
            "走完 max_length 步后，未完成的假设原样返回；不可能的 token 绝不会被选中。",
            never, 6, 2,
        ),
        case(
            "start token is the end token",
            "The start token ends nothing, even where it is the same as the end token.",
            "start 即使与 end 相同，也不表示结束。",
            again, 3, 3, start=END,
        ),
        case(
            "length",
            "The last ranking divides each score by n^alpha; n counts the end token but not the start token.",
            "最后排序时得分除以 n^alpha；n 包括 end，不包括 start。",
            chances(rng, [1, 0, 0], short, [0.43, 0.285, 0.285]), 2, 4, alpha=1.0,
        ),
        case(
            "length while pruning",
            "While the beam is pruned plain scores count; lengths matter in the last ranking only.",
            "剪枝时只看原始得分，长度只在最后排序时起作用。",
            chances(rng, [1, 0, 0], short, [0.43, 0.37, 0.2]), 2, 5, alpha=2.0,
        ),
    ]  # fmt: skip


def ties():
    """Multiples of 1/2 add up exactly, so that equal scores are equal."""
    level = np.full((4, 4), -1.0)
    mixed = np.array([[-1.0] * 4, [-9, -2, -1, -1.5], [-9, -1, -1.5, -1], [-0.5, -1, -0.5, -1.5]])
    return [
        case(
            "equal tokens",
            "Of equal scores the lower token number comes first.",
            "得分相同时，token 编号小的在前。",
            level, 2, 1,
        ),
        case(
            "equal hypotheses",
            "Among equals the followers of the hypothesis that is further ahead on the beam come first.",
            "得分相同时，在束中排得靠前的假设的延续在前。",
            mixed, 3, 2,
        ),
    ]  # fmt: skip


def larger(rng):
    wide = drawn(rng, 5)
    return [
        case(
            "equal at the end",
            "Equal ones keep the order of the beam in the last ranking too.",
            "最后排序时，相同的也保持在束中的先后。",
            np.full((4, 4), -1.0), 4, 3, alpha=1.0,
        ),
        Case(
            "wide enough for all",
            Bilingual(
                "A beam wide enough for everything is an exhaustive search.",
                "束足够宽时，束搜索就是穷举。",
            ),
            (wide, 1, END, 40, 2, 0.7),
            check=checked(*exhaustive(wide, 1, 0.7)),
            call="search",
        ),
        case(
            "vocabulary of thirty",
            "Right for a larger vocabulary and a wide beam.",
            "词表更大、束更宽时也要正确。",
            drawn(rng, 30, scale=2.0), 6, 8, alpha=0.6,
        ),
    ]  # fmt: skip
