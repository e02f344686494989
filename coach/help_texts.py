"""What each setting means, in both languages: shown by the settings screen and in `docs/settings.md`."""

from coach.card import Bilingual

_KEY = Bilingual(
    "key for that endpoint; empty: OPENAI_API_KEY, if the endpoint is OpenAI's or OPENAI_BASE_URL's",
    "该端点的密钥；留空：若端点属于 OpenAI 或 OPENAI_BASE_URL，则用 OPENAI_API_KEY",
)

HELP: dict[str, Bilingual] = {
    "interview.lang": Bilingual(
        "language questions are asked in: en or zh", "提问所用的语言：en 或 zh"
    ),
    "interview.level": Bilingual(
        "only cards of this level; empty means every level", "只出这一难度的题；留空为所有难度"
    ),
    "interview.questions": Bilingual(
        "questions in an interview, 1 to 50", "一次面试的题数，1 到 50"
    ),
    "interview.minutes": Bilingual(
        "time limit in minutes, 0 for none", "时间限制（分钟），0 为不限"
    ),
    "model.name": Bilingual(
        "empty: the embedded model; an embedded model's name; provider:model; or a model id at base_url",
        "留空：内置模型；内置模型的名称；provider:model；或 base_url 处的模型名",
    ),
    "model.base_url": Bilingual(
        "OpenAI-compatible endpoint, e.g. http://127.0.0.1:11434/v1",
        "兼容 OpenAI 的端点，例如 http://127.0.0.1:11434/v1",
    ),
    "model.api_key": _KEY,
    "model.timeout_s": Bilingual("seconds one request may take", "一次请求最多用时（秒）"),
    "embeddings.backend": Bilingual(
        "who turns text into vectors; hashing is for tests", "由谁把文本变成向量；hashing 用于测试"
    ),
    "embeddings.model": Bilingual(
        "a sentence-transformers name or path, or the endpoint's embedding model",
        "sentence-transformers 的名称或路径，或端点的嵌入模型",
    ),
    "embeddings.base_url": Bilingual(
        "OpenAI-compatible endpoint for embeddings", "用于嵌入、兼容 OpenAI 的端点"
    ),
    "embeddings.api_key": _KEY,
    "index.chroma_url": Bilingual(
        "a Chroma server, e.g. http://127.0.0.1:8000 or http://127.0.0.1:8000/database; empty: files of our own",
        "Chroma 服务器，例如 http://127.0.0.1:8000 或 http://127.0.0.1:8000/database；留空：用自己的文件",
    ),
    "index.chroma_token": Bilingual(
        "sent to that server as `Authorization: Bearer`, for one behind a proxy that asks for it",
        "以 `Authorization: Bearer` 发给该服务器，用于要求它的代理",
    ),
    "practice.sandbox": Bilingual(
        "how code is isolated; landlock is weaker, for machines where bubblewrap can't work",
        "代码的隔离方式；landlock 较弱，用于无法运行 bubblewrap 的机器",
    ),
    "ui.theme": Bilingual(
        "coach-dark, coach-light, coach-okabe-ito (for colour-blind eyes), ansi-dark or another Textual theme",
        "coach-dark、coach-light、coach-okabe-ito（适合色觉障碍者）、ansi-dark 或其他 Textual 主题",
    ),
    "ui.lang": Bilingual("language of the screens: en or zh", "界面语言：en 或 zh"),
    "ui.clock": Bilingual("whether an interview shows the time", "面试时是否显示时间"),
}
