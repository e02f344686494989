"""Tells typed-at-random text from words, formulas and telegraphic notes."""

import itertools
import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_VOWEL = re.compile(r"[aeiouy]")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_MASHED_ZH = (
    "阿斯顿",
    "撒旦",
    "斯蒂芬",
    "啊实打实",
    "发发发",
    "大大大",
    "哈哈哈",
    "啊啊啊",
    "呵呵呵",
    "嘻嘻嘻",
)
_COMMON_ZH = frozenset(
    "的是了在有和不会用能可为以对就也要与或将使被把让到从当中后前其它他这那个种大小高低多少更最因所而则若每都同时没无"
)
_ACRONYMS_WORDS = """
cnn rnn lstm bptt sgd nlp mlp svm gpt ddpm knn gnn vgg kl bn ln wd lr fc cv mc dbn rbm cd pcd
svd pca zca glm mle map bce mse kfold xgb tpu gpu cpu vs wrt etc eg ie
"""
_ACRONYMS = frozenset(_ACRONYMS_WORDS.split())
_FORMULA = re.compile(
    r"[\w)]\s*[=^∈≤≥×]\s*[\w(\[]|\w\([^()]+\)|\d\.\d|[\d)]\s*[-+*/]\s*[\w(]|\w[+*/]\d"
)
_PLAIN = 0.62
_FOLLOWERS = """
abcdfgiklmnprstuvwxy baeilorstuy caceghiklortuy dadegilorsuvy eacdefgilmnopqrstuvwxy faefilortu
gaehilmnorsu haeimorstuy iabcdefgklmnoprstvxz jaeou keinsw ladeilmopstuvy mabeimnopsuy
nacdefgiklnostuvy oabcdefgiklmnoprstuvwx paehiloprstuy qu rabcdefgiklmnoprstuvy
sacefhiklmopqstuwy tacehilorstuwy uabcdefgilmnprst vaeio waehinors xaceipt yeiopst zaeio
"""
_FOLLOWS = {group[0]: group[1:] for group in _FOLLOWERS.split()}
"""After each letter the ones that often follow it in English technical words (first letter: the key)."""


def is_gibberish(text: str, topic_texts: Iterable[str]) -> bool:
    """Whether a text is keyboard noise; words that `topic_texts` use always count as words."""
    low = text.lower()
    if _FORMULA.search(low):
        return False
    known = {word for source in topic_texts for word in _WORD.findall(source.lower())} | _ACRONYMS
    if _one_unit(low):
        return known.isdisjoint(_WORD.findall(low)) or len(low) > 30
    words = _WORD.findall(low)
    han = _HAN.findall(low)
    if not words and not han:
        return _digits_only(low)
    if len(han) * 2 >= sum(map(len, words)):
        return _noise_zh("".join(han), words, "".join(topic_texts), known)
    return _noise_en(words, known)


def _one_unit(text: str) -> bool:
    """Whether the letters are one short unit over and over: "aaaa", "asdasdasd", "好好好好"."""
    letters = "".join(char for char in text if char.isalpha())
    size = len(letters)
    if size < 4:
        return False
    units = range(1, min(12, size // 3) + 1)
    return any((letters[:unit] * (size // unit + 1))[:size] == letters for unit in units)


def _digits_only(text: str) -> bool:
    digits = sum(char.isdigit() for char in text)
    return digits > 12 and digits * 2 > len(text) and not re.search(r"[=+*/<>^]|\d\.\d", text)


def _noise_en(words: Sequence[str], known: set[str]) -> bool:
    """Whether most letters stand in words that keep no English order of letters."""
    strange = [word for word in words if word not in known]
    size = sum(map(len, words))
    if sum(map(len, strange)) * 2 < size:
        return False
    pairs = [pair for word in strange for pair in itertools.pairwise(word)]
    likely = sum(b in _FOLLOWS.get(a, "") for a, b in pairs)
    if len(pairs) >= 10 and likely < _PLAIN * len(pairs):
        return True
    noise = sum(len(word) for word in strange if _mashed(word))
    return size >= 5 and noise * 2 > size


def _mashed(word: str) -> bool:
    if len(word) < 5:
        on_a_row = any(word in way for way in _WAYS)
        return len(word) > 2 and (on_a_row or not _VOWEL.search(word))
    row = any(word[i : i + 4] in way for i in range(len(word) - 3) for way in _WAYS)
    return row or not _VOWEL.search(word) or bool(re.search(r"[^aeiouy]{6}", word))


def _noise_zh(han: str, words: Sequence[str], topic: str, known: set[str]) -> bool:
    """Whether a Chinese text is made of rare characters, or of mashed syllables off the topic."""
    if sum(map(_is_rare, han)) > 0.3 * len(han):
        return True
    pairs = {han[i : i + 2] for i in range(len(han) - 1)}
    if any(pair in topic for pair in pairs) or any(word in known for word in words):
        return False
    mashed = sum(han.count(run) * len(run) for run in _MASHED_ZH)
    return mashed * 2 > len(han) or (len(han) >= 10 and not set(han) & _COMMON_ZH and not words)


def _is_rare(char: str) -> bool:
    """Whether a character is outside the 3,755 everyday ones (first level of GB 2312)."""
    try:
        return not 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return True


_WAYS = (*_ROWS, *(row[::-1] for row in _ROWS))
