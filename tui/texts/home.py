"""Home, set-up and summary."""

TEXTS: dict[str, tuple[str, str]] = {
    "home.subtitle": ("deep-learning interview coach", "深度学习面试教练"),
    "home.menu": ("What next", "做什么"),
    "home.today": ("Practise now", "现在练习"),
    "home.due": ("{count} due today, the least known first", "今天到期 {count} 题，最不熟的先问"),
    "home.none_due": ("nothing is due: new questions", "没有到期的题：出新题"),
    "home.start": ("Start an interview", "开始面试"),
    "home.start_note": ("topics, level and length of your choice", "自选主题、难度和题数"),
    "home.resume": ("Resume the interview", "继续上次面试"),
    "home.resume_note": (
        "question {number} of {total}, begun {when}",
        "第 {number}/{total} 题，开始于 {when}",
    ),
    "home.ask": ("Ask the notes", "向笔记提问"),
    "home.ask_note": ("an answer with its sources", "回答附带出处"),
    "home.deck": ("Browse the deck", "浏览题库"),
    "home.deck_note": ("read or practise any question", "阅读或练习任意一题"),
    "home.history": ("History", "历史记录"),
    "home.history_note": ("every answer with its verdict", "每个回答及其评判"),
    "home.statistics": ("Statistics", "统计"),
    "home.statistics_note": ("readiness, retention, what comes back", "掌握度、记忆、复习预测"),
    "home.eval": ("Evaluate", "评测"),
    "home.eval_note": ("how a grader's marks agree with people's", "看评分与人工评分是否一致"),
    "home.settings": ("Settings", "设置"),
    "home.settings_note": ("languages, model, theme, keys", "语言、模型、主题、按键"),
    "home.drafts": ("Review drafts", "审阅草稿"),
    "home.drafts_note": ("{count} made from your notes", "由你的笔记生成，{count} 张"),
    "home.quit": ("Quit", "退出"),
    "home.recent": ("Latest interviews", "最近的面试"),
    "home.no_recent": (
        ("Nothing here yet. Your interviews and their marks will be listed here."),
        "还没有记录。完成的面试和得分会列在这里。",
    ),
    "home.all_topics": ("all topics", "全部主题"),
    "readiness.title": ("Readiness", "掌握度"),
    "readiness.legend": ("━ surely  ● likely  ─ possibly", "━ 至少  ● 估计  ─ 可能"),
    "readiness.none": (
        (
            "After your first answer this shows, topic by topic, how likely you are to answer a "
            "question well that you have not seen yet, and how that changes over time."
        ),
        "第一次作答后，这里会按主题显示你答好一道没见过的题的可能性，以及它随时间的变化。",
    ),
    "readiness.unasked": ("not asked", "未问过"),
    "readiness.whole": ("{share} ready", "掌握 {share}"),
    "readiness.gained": ("{points} points in {days} days", "{days} 天内 {points} 分"),
    "readiness.streak": ("{days} days in a row", "连续 {days} 天"),
    "home.model_embedded": ("{name} · on this machine", "{name} · 本机"),
    "home.model_absent": (
        "{name} is not installed: run `coach model pull`",
        "{name} 未安装：请运行 `coach model pull`",
    ),
    "home.model_remote": ("{name} · answers are sent to {where}", "{name} · 答案会发送到 {where}"),
    "home.index_ready": (
        "{passages} passages · {documents} own documents",
        "{passages} 个段落 · 自有文档 {documents} 份",
    ),
    "home.index_absent": ("made when it is first needed", "首次使用时建立"),
    "home.index_late": ("brought up to date when next needed", "下次使用时更新"),
    "home.index_stale": ("run `coach index rebuild`", "请运行 `coach index rebuild`"),
    "home.recent_row": ("{count} answered", "已答 {count} 题"),
    "home.unfinished": ("unfinished", "未完成"),
    "home.state": ("State", "状态"),
    "home.looking": ("looking…", "检查中…"),
    "home.deck_line": (
        "{cards} questions · {topics} topics · {code} with code",
        "{cards} 题 · {topics} 个主题 · {code} 道代码题",
    ),
    "home.label_model": ("Model", "模型"),
    "home.label_index": ("Index", "索引"),
    "home.label_deck": ("Deck", "题库"),
    "home.label_settings": ("Settings", "设置"),
    "home.discarded": (
        "The unfinished interview was closed; it stays in the history.",
        "未完成的面试已结束，记录仍保留。",
    ),
    "offer.title": ("A key was found", "发现密钥"),
    "offer.text": (
        (
            "{name} is set in your environment. Shall answers be graded by a model at "
            "{where}?\n\nIf so, your questions and answers are sent there. If not, the embedded "
            "model on this machine goes on grading and nothing leaves it. You will not be "
            "asked again; `coach model use` changes it at any time."
        ),
        (
            "环境变量中设置了 {name}。要用 {where} "
            "的模型来评分吗？\n\n"
            "如果是，题目和答案会发送到那里；如果否，继续由本机的内置模型评分，任"
            "何内容都不会离开本机。之后不会再问；随时可用 `coach "
            "model use` 更改。"
        ),
    ),
    "offer.yes": ("Use it", "使用"),
    "offer.no": ("Stay local", "仅用本机"),
    "offer.model": ("Model name", "模型名称"),
    "offer.saved": (
        "Saved: {model} at {where} grades from now on.",
        "已保存：今后由 {where} 的 {model} 评分。",
    ),
    "setup.title": ("New interview", "新的面试"),
    "setup.topics": ("Topics", "主题"),
    "setup.topics_all": ("none chosen: all topics", "未选择：全部主题"),
    "setup.topics_some": ("{count} chosen", "已选 {count} 个"),
    "setup.plan": ("Interview", "面试"),
    "setup.level": ("Level", "难度"),
    "setup.level_any": ("any", "不限"),
    "setup.level_junior": ("junior", "初级"),
    "setup.level_mid": ("mid", "中级"),
    "setup.level_senior": ("senior", "高级"),
    "setup.length": ("Questions", "题数"),
    "setup.lang": ("Language", "语言"),
    "setup.minutes": ("Time limit", "限时"),
    "setup.no_limit": ("none", "不限"),
    "setup.minutes_value": ("{minutes} min", "{minutes} 分钟"),
    "setup.fitting": (
        "{cards} questions fit; {asked} will be asked.",
        "符合条件的有 {cards} 题，将问 {asked} 题。",
    ),
    "setup.none_fits": (
        "No question fits: choose more topics or another level.",
        "没有符合的题目：请多选主题或更换难度。",
    ),
    "setup.hint": (
        "Enter starts · ↑↓ moves · ←→ changes · Space chooses topics",
        "回车开始 · ↑↓ 移动 · ←→ 更改 · 空格选择主题",
    ),
    "summary.title": ("Summary", "总结"),
    "summary.score": ("Score", "得分"),
    "summary.no_score": ("nothing was graded", "没有评分"),
    "summary.counts": (
        "{answered} answered · {skipped} skipped · {ungraded} not graded",
        "作答 {answered} · 跳过 {skipped} · 未评分 {ungraded}",
    ),
    "summary.answers": ("Answers", "作答记录"),
    "summary.gaps": ("To read again", "需要重读"),
    "summary.no_gaps": ("No gaps found.", "没有发现缺口。"),
    "summary.skipped": ("skipped", "已跳过"),
    "summary.follow_up": ("follow-up", "追问"),
}
