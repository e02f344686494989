"""Questions to the notes."""

TEXTS: dict[str, tuple[str, str]] = {
    "ask.title": ("Ask the notes", "向笔记提问"),
    "ask.placeholder": (
        "Your question, in English or Chinese; Enter asks",
        "用中文或英文提问，回车发送",
    ),
    "ask.follow": (
        "Ask on; Ctrl+N begins a new conversation",
        "继续追问；Ctrl+N 开始新对话",
    ),
    "ask.answer": ("Conversation", "对话"),
    "ask.citations": ("Sources", "出处"),
    "ask.searching": ("searching the notes…", "正在检索笔记…"),
    "ask.none": ("The notes do not say.", "笔记中没有答案。"),
    "ask.hint": (
        (
            "Ask anything the notes may know. The answer comes with numbered sources; open "
            "one with its number. The next question may lean on the answer before it."
        ),
        "可以问笔记里的任何内容。回答附带编号的出处，按编号打开；接下来可以接着追问。",
    ),
    "ask.understood": ("understood as: {question}", "理解为：{question}"),
    "ask.by": ("{model} · {seconds} s", "{model} · {seconds} 秒"),
    "ask.by_rule": ("{seconds} s", "{seconds} 秒"),
    "ask.unsupported": ("sentences without source: {count}", "无出处的句子：{count}"),
    "ask.stopped": ("stopped", "已停止"),
    "ask.copied": ("The answer and its sources are copied.", "回答及出处已复制。"),
    "key.copy": ("Copy", "复制"),
    "key.follow_on": ("Ask on", "追问"),
    "key.anew": ("New conversation", "新对话"),
    "key.stop_answer": ("Stop", "停止"),
    "key.choose_answer": ("Other answer", "选择回答"),
}
