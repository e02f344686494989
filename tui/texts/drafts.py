"""Drafts of cards that wait for the user's word."""

TEXTS: dict[str, tuple[str, str]] = {
    "drafts.title": ("Drafts to review", "待审阅的草稿"),
    "drafts.draft": ("Draft", "草稿"),
    "drafts.count": ("{count} to review", "{count} 张待审阅"),
    "drafts.none": ("No drafts wait for review.", "没有待审阅的草稿。"),
    "drafts.how": (
        (
            "`coach cards draft PATH` proposes cards from the questions and answers in your "
            "notes. They wait here until you accept, edit or reject them; nothing joins the "
            "deck unreviewed."
        ),
        (
            "`coach cards draft PATH` 会根据你笔记里的问答生成卡片草稿，"
            "在这里等你接受、编辑或拒绝；未经审阅的草稿不会进入题库。"
        ),
    ),
    "drafts.sound": ("supported", "有依据"),
    "drafts.doubtful": ("{count} unsupported", "{count} 条无依据"),
    "drafts.faulty": ("{count} to mend", "{count} 处待修改"),
    "drafts.mend": (
        "To mend before it can be accepted (e opens the file)",
        "修改后才能接受（按 e 打开文件）",
    ),
    "drafts.points": ("Key points", "要点"),
    "drafts.supported": ("supported", "有依据"),
    "drafts.unsupported": ("unsupported", "无依据"),
    "drafts.no_line": ("No line of the notes plainly says so.", "笔记中没有哪一行明确这样说。"),
    "drafts.reference": ("Reference", "参考答案"),
    "drafts.mistakes": ("Common mistakes", "常见错误"),
    "drafts.follow_ups": ("Follow-ups", "追问"),
    "drafts.by": ("drafted by {model}", "起草：{model}"),
    "drafts.accepted": ("In your deck · u undoes · {id}", "已加入你的题库 · u 撤销 · {id}"),
    "drafts.rejected": ("Rejected · u undoes · {id}", "已拒绝 · u 撤销 · {id}"),
    "drafts.undone": ("A draft again · {id}", "已恢复为草稿 · {id}"),
    "drafts.blocked": (
        "Not accepted: mend first what stands at the top of the draft; e opens its file.",
        "未接受：请先修改草稿顶部列出的问题；按 e 打开文件。",
    ),
    "drafts.changed": (
        "Not accepted: the file has changed since it was shown. Look at it again.",
        "未接受：文件在显示之后有改动，请再看一遍。",
    ),
    "drafts.no_editor": ("No editor can be opened from here.", "无法在此打开编辑器。"),
    "drafts.no_editor_hint": ("Edit {file} yourself.", "请自行编辑 {file}。"),
}
