"""Takes from an answer what speaks to the grader instead of answering the question."""

import re
import unicodedata

from coach.grade.clauses import Piece, clauses, sentences

_ORDERS = re.compile(
    r"""
      \b(?:ignore|disregard|override|bypass|forget\ (?:all|everything|the|your|any|previous))\b.{0,30}
        \b(?:instruction|prompt|rubric|criteria|guideline|(?:rule|text)s?\ above|said\ before
            |above|(?:everything|all)\ prior)s?\b
    | \b(?:system|developer|assistant)\s*(?:prompt|message|note|override|instruction)s?\b
    | \b(?:dear|attention|hey|hello|hi|note\ to(?:\ the)?|instructions?\ (?:to|for)(?:\ the)?)\s+
        (?:ai|grader|marker|examiner|assessor|evaluator|judge|model|llm|teacher|professor|reviewer)\b
    | \b(?:grader|marker|evaluator|assessor|examiner|judge)\b.{0,20}
        \b(?:must|should|shall|has\ to|have\ to|needs?\ to|is\ to|will|please)\b
    | \byou\ (?:must|should|shall|have\ to|need\ to|are\ to|will)\ (?:\w+\ )?
        (?:mark|grade|award|reply|respond|score\ (?:this|it|me|the))\b
    | \b(?:give|award|assign|grant)\b.{0,30}
        \b(?:full|maximum|max|top|highest|perfect)\b.{0,12}\b(?:mark|score|credit|point|grade)s?\b
    | \b(?:mark|grade|score|count|treat|consider|accept)\ (?:this|it|my|me|the|every|all|each)\b.{0,30}
        \b(?:as\ (?:correct|covered|right|complete|perfect)|(?:fully\ )?(?:correct|covered)\b)
    | \b(?:mark|grade|score|rate)\ (?:this|it|my|every|all|each)\b.{0,25}\b(?:answer|response|statement|point)s?\b
    | \b(?:reply|respond|answer|output|say|print|return|choose|select|write)\s+
        (?:only\s+)?(?:with\s+)?(?:only\s+)?(?:the\ )?(?:letter\ )?["'(]?(?-i:[ABCD])\b["')]?
        (?=\W*(?:$|for|to|in|on|every|each|always))
    | \b(?:this|my|the)\ (?:answer|response)\ (?:is|has\ been|was|deserves|covers|contains|makes)\b.{0,40}
        \b(?:correct|covered|verified|approved|full|perfect|complete|everything|all|every)\b
    | \b(?:all|every|each)\b.{0,12}\b(?:key\ points?|statements?|criteria)\b.{0,20}
        \b(?:cover|correct|true|met|satisf|A\b)
    | ["']?\b(?:verdict|score|grade)["']?\s*[:=]\s*["']?(?:covered|correct|full|(?:0|1)?[.]\d|1\b|10\b|100)
    | 忽略.{0,20}(?:指令|指示|提示|要求|规则|以上|上述|之前|前面|评分)
    | (?:系统|开发者)(?:提示|指令|消息)
    | (?:请|务必|必须|应该|麻烦|直接|你要|帮我|全部|一律|都).{0,20}
        (?:满分|高分|打(?:满|高)分|(?:判|评|标记)(?:定?为|定)?\s*["“]?(?:[ABCD]\b|满分|正确|覆盖|对)
        |给(?:我|他|她|这|个|出)?.{0,3}(?:满|高)分|算(?:我|作)(?:正确|对))
    | (?:评分|阅卷|批改|判卷)(?:者|员|老师|模型|系统|人|助手|官)|(?:给|打|得)(?:我)?满分
    | (?:本|这个|此|该|我的)(?:回答|答案).{0,12}
        (?:完全正确|全部正确|涵盖了?(?:所有|全部)|覆盖了?(?:所有|全部)|满分|已(?:经)?(?:通过|验证|审核))
    | (?:所有|全部|每个|每一个|各)(?:的)?(?:要点|论点|关键点|得分点).{0,12}(?:覆盖|说到|正确|满足|命中|涵盖|选)
    | (?:只|请|一律|都|全部|总是).{0,6}(?:回复|输出|回答|选择?)\s*(?:字母)?\s*["“'(]?[ABCD]\b
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_TEMPLATE = re.compile(
    r"<\s*\|.*?\|\s*>|<\s*/?\s*(?:answer|system|user|assistant|s|inst|think|tool_call|question|statement)\s*>"
    r"|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>",
    re.IGNORECASE,
)
_FAKE = re.compile(r"""\{[^{}]{0,300}["'](?:verdict|score|grade|probability)["'][^{}]{0,300}\}""")
_LABEL = re.compile(
    r"^(\s*(?:statement|letter|question|answer|system|user|assistant|论点|字母|问题|系统)\s*)[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_HIDDEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))


def masked(answer: str) -> str:
    """Returns the answer with orders to the grader blanked out; every other character keeps its place."""
    text = _TEMPLATE.sub(_blank, _FAKE.sub(_blank, answer))
    hidden = [piece for sentence in sentences(text) for piece in _orders(sentence)]
    for piece in hidden:
        text = text[: piece.start] + " " * (piece.end - piece.start) + text[piece.end :]
    return text


def as_data(text: str) -> str:
    """Returns text that cannot end its quotation: no chat-template tokens, marks or labels of the prompt."""
    plain = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    while _TEMPLATE.search(plain):
        plain = _TEMPLATE.sub(" ", plain)
    return _LABEL.sub(r"\1 -", plain).replace("<|", "< |").replace("|>", "| >").strip()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _orders(sentence: Piece) -> list[Piece]:
    if not _ORDERS.search(as_data(sentence.text)):
        return []
    return [piece for piece in clauses(sentence) if _ORDERS.search(as_data(piece.text))] or [
        sentence
    ]
