"""The first run."""

TEXTS: dict[str, tuple[str, str]] = {
    "welcome.title": ("Welcome", "欢迎"),
    "welcome.text": (
        (
            "This coach asks questions on deep learning, marks your answers point by point and brings "
            "back what you miss. Three choices, good as they stand; all can be changed later."
        ),
        "这个教练会问深度学习的问题，逐点评判你的回答，并让没掌握的内容再次出现。三个选项，默认值即可使用，之后都能更改。",
    ),
    "welcome.keys": (
        "Enter begins · ↑↓ moves · ←→ changes · Esc keeps the defaults",
        "回车开始 · ↑↓ 移动 · ←→ 更改 · Esc 用默认值",
    ),
    "welcome.lang": ("Language", "语言"),
    "welcome.level": ("Level", "难度"),
    "welcome.model": ("Model", "模型"),
    "welcome.model_embedded": ("on this machine", "本机"),
    "welcome.model_endpoint": ("endpoint", "接口"),
    "welcome.model_none": ("none for now", "暂不设置"),
    "welcome.about_embedded": (
        "A small model on this machine marks your answers; nothing leaves it.",
        "由本机的小模型评判你的回答，任何内容都不会离开本机。",
    ),
    "welcome.about_absent": (
        (
            "A small model on this machine marks your answers; nothing leaves it. It is not installed "
            "yet: `coach model pull` gets it (1.1 GB). Until then written answers stay unmarked."
        ),
        (
            "由本机的小模型评判你的回答，任何内容都不会离开本机。模型尚未安装："
            "请运行 `coach model pull`（1.1 GB）。在此之前文字回答不会评分。"
        ),
    ),
    "welcome.about_endpoint": (
        (
            "Any OpenAI-compatible server: your questions and answers are sent there. Enter lists its "
            "models, and tries the one you take."
        ),
        "任何兼容 OpenAI 的服务器：题目和答案会发送到那里。回车列出它的模型，选定后会试用一次。",
    ),
    "welcome.about_none": (
        (
            "Nothing is set. Reading, searching and code exercises need no model; written answers are marked "
            "by the model on this machine as soon as it is installed. `coach model use` chooses another."
        ),
        (
            "不作设置。阅读、检索和代码练习不需要模型；文字回答在本机模型安装后由它评判。"
            "可用 `coach model use` 选择其他模型。"
        ),
    ),
    "welcome.key": (
        "key; empty: OPENAI_API_KEY, if it is for this endpoint",
        "密钥；留空则用 OPENAI_API_KEY（仅当它属于此接口）",
    ),
    "welcome.asking": ("asking for its models…", "正在获取模型列表…"),
    "welcome.models": ("{count} models: choose one with Enter.", "{count} 个模型：按回车选择。"),
    "welcome.trying": ("trying {model}…", "正在试用 {model}…"),
    "welcome.works": (
        "✓ {model} replies in {seconds} s and can mark answers. Enter begins.",
        "✓ {model} 在 {seconds} 秒内回复，可以评判回答。按回车开始。",
    ),
    "welcome.no_json": (
        "! {model} replies in {seconds} s, but not in a form that can be marked with. Another may do better.",
        "! {model} 在 {seconds} 秒内回复，但格式无法用于评判。可以换一个模型。",
    ),
}
