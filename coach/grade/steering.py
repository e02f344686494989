"""Takes from an answer what speaks to the grader, and from a passage what speaks to its reader."""

import re
import unicodedata
from collections.abc import Callable

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
# What a document must not say to whoever answers from it. An answer to a question may well say such things.
_COMMANDS = re.compile(
    r"""
      \b(?:ignore|disregard|forget|skip|override|bypass)\b(?!_).{0,30}
        \b(?:question|quer(?:y|ies)|user|passage|context|document|note|source|everything|what\ you)s?\b
    | \b(?:instead|just|only|simply|always|please|must|should|shall|will|to|and|then|,|:|^)\s*
        (?:(?:say|answer|reply|respond|insist)(?:\ (?:only|just|exactly))?\s*(?:\b(?:with|that|in)\b|[:"“'‘])
        |  (?:output|print|write)(?:\ (?:only|just|exactly))?\s*[:"“'‘])
    | \b(?-i:(?:[Ss]ay|[Rr]eply|[Aa]nswer|[Oo]utput|[Pp]rint|[Ww]rite)\s+[A-Z]{4,})\b
    | ^\W*(?:system|assistant|developer|user)\s*(?:[:：]|\ -)
    | \b(?:whatever|whenever|no\ matter\ (?:what|which)|regardless\ of)\b.{0,40}
        \b(?:question|query|prompt|ask(?:s|ed)?)\b
    | \b(?:if|when)\ (?:you\ are|someone|anyone|anybody|the\ user|a\ user|users)\b.{0,20}\bask
    | \b(?:tell|inform|convince)\ (?:the\ )?(?:user|reader|candidate)s?\b
    | \b(?:the|your|correct|right|only)\ (?:\w+\ )?answer\ to\ (?:every|any|all|each|this|the)\b.{0,20}\bquestion
    | \byou\ are\ (?:now\ )?(?:an?\ |the\ |my\ )?(?:\w+\ )?(?:assistant|ai|chatbot|bot|model|pirate|llm)\b
    | \b(?:pretend|act\ as\ if|role-?play|from\ now\ on)\b.{0,30}\byou
    | \bnew\ (?:instruction|task|rule|order)s?\s*:
    | \bdo\ not\ (?:answer|use\ the\ passages?|mention|cite|follow)\b
    | (?:忽略|无视|忘记|忘掉|不要理会|别管|不用管).{0,12}(?:问题|提问|用户|段落|资料|上文|前文|内容|一切|所有)
    | (?:请|只|直接|统一|一律|总是|必须|务必|都|就|改为|而是|并|[，,：:]|^)\s*
        (?:只|要|应)?(?:回答|回复|答复|输出|说|写|声称|重复)\s*[:：“"'‘「『]
    | (?:请|一律|统一|务必|必须|总是|只能?|都)(?:要|直接)?(?:回答|回复|答复|声称)
    | (?:无论|不管|不论).{0,16}(?:问|提问|问题)
    | (?:告诉|提醒|说服)(?:用户|读者|提问者|候选人)
    | (?:任何|所有|每个|一切)问题的?(?:正确)?答案
    | 你(?:现在)?是(?:一个|一名|我的)?.{0,6}(?:助手|机器人|模型|海盗)
    | (?:从现在(?:起|开始)|假装|扮演).{0,12}你
    | 新(?:的)?(?:指令|任务|规则)\s*[:：]
    | 不要(?:回答|引用|使用(?:这些|上面的)?段落)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_CHAT = re.compile(r"<\s*\|.*?\|\s*>|\[/?INST\]|<</?SYS>>|<start_of_turn>", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"<\s*\|.*?\|\s*>|<\s*/?\s*(?:answer|system|user|assistant|s|inst|think|tool_call|question|statement|notes|passage)\s*>"
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
    return _without(_TEMPLATE.sub(_blank, _FAKE.sub(_blank, answer)), _orders)


def masked_passage(text: str) -> str:
    """Returns a document's text with orders to whoever reads it blanked out, whole sentences at a time."""
    return masked(_without(text, lambda sentence: [sentence] if _is_command(sentence) else []))


def as_data(text: str) -> str:
    """Returns text that cannot end its quotation: no chat-template tokens, marks or labels of the prompt."""
    plain = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    while _TEMPLATE.search(plain):
        plain = _TEMPLATE.sub(" ", plain)
    return _LABEL.sub(r"\1 -", plain).replace("<|", "< |").replace("|>", "| >").strip()


def _without(text: str, orders: Callable[[Piece], list[Piece]]) -> str:
    hidden = [piece for sentence in sentences(text) for piece in orders(sentence)]
    for piece in hidden:
        text = text[: piece.start] + " " * (piece.end - piece.start) + text[piece.end :]
    return text


def _is_command(sentence: Piece) -> bool:
    return bool(_CHAT.search(sentence.text) or _COMMANDS.search(as_data(sentence.text)))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _orders(sentence: Piece) -> list[Piece]:
    if not _ORDERS.search(as_data(sentence.text)):
        return []
    return [piece for piece in clauses(sentence) if _ORDERS.search(as_data(piece.text))] or [
        sentence
    ]
