"""History and statistics."""

TEXTS: dict[str, tuple[str, str]] = {
    "history.title": ("History", "历史记录"),
    "history.search": (
        "Search question, answer, card or grade",
        "搜索题目、回答、卡片或评判",
    ),
    "history.count": ("answers: {total}", "{total} 个回答"),
    "history.none": (
        (
            "Nothing here yet. Every answer you give will be listed here with its verdict, to be "
            "read again, searched, exported or deleted."
        ),
        "还没有记录。你的每个回答和评判都会列在这里，可以重读、搜索、导出或删除。",
    ),
    "history.no_match": ("No answer holds these words.", "没有包含这些词语的回答。"),
    "history.deleted": ("Deleted, from the copies too.", "已删除，副本中也已删除。"),
    "history.exported": ("{lines} lines written to {file}", "已将 {lines} 行写入 {file}"),
    "delete.title": ("Delete for good?", "永久删除？"),
    "delete.text": (
        (
            "It goes from the history and from its copies, and what you remember of the card is "
            "worked out anew. This cannot be undone."
        ),
        "它会从历史记录及其副本中删除，这张卡片的记忆状态会重新计算。此操作无法撤销。",
    ),
    "delete.keep": ("Keep", "保留"),
    "delete.answer": ("Delete this answer", "删除这个回答"),
    "delete.interview": ("Delete its whole interview", "删除整场面试"),
    "export.title": ("Export the history", "导出历史记录"),
    "export.text": (
        (
            "Everything you did, one JSON line for each interview, answer, draft and run of a program. "
            "`coach history import` reads it."
        ),
        "你的全部记录，每场面试、每个回答、草稿和程序运行各占一行 JSON。可用 `coach history import` 导入。",
    ),
    "export.keys": ("Enter writes · Esc cancels", "回车写入 · Esc 取消"),
    "answer.title": ("Answer", "回答"),
    "answer.place": ("{number} of {total}", "{number}/{total}"),
    "rated.again": ("again", "重来"),
    "rated.hard": ("hard", "吃力"),
    "rated.good": ("good", "良好"),
    "rated.easy": ("easy", "轻松"),
    "stats.title": ("Statistics", "统计"),
    "stats.none": (
        (
            "Nothing to count yet. After your first answers you will see here how ready you are in each "
            "topic and how that changes, how much you still know after some days, how many questions come "
            "back when, and how your own ratings compare with the marks."
        ),
        (
            "还没有可统计的内容。作答之后，这里会显示各主题的掌握度及其变化、若干天后还记得多少、"
            "哪天有多少题要复习，以及你的自评与得分的比较。"
        ),
    ),
    "stats.progress": ("Readiness over time", "掌握度变化"),
    "stats.progress_one": (
        "The line begins with your second day of practice.",
        "从练习的第二天起显示曲线。",
    ),
    "stats.progress_note": (
        "the chance of answering a question well that you have not seen yet, over the whole deck",
        "答好一道没见过的题的可能性（整个题库）",
    ),
    "stats.retention": ("Still known after", "间隔后的记忆"),
    "stats.days": ("{days} days", "{days} 天"),
    "stats.day": ("{days} day", "{days} 天"),
    "stats.recalled": ("{share} of {answers}", "{answers} 次中 {share}"),
    "stats.recall": (
        "What you have answered is remembered with a chance of {share} today.",
        "答过的题今天仍记得的平均可能性为 {share}。",
    ),
    "stats.no_retention": (
        "Appears when a question comes back on another day.",
        "题目隔天再次出现后显示。",
    ),
    "stats.forecast": ("Coming back", "复习预测"),
    "stats.forecast_note": (
        "{today} today, {total} in the next {days} days; the last line is the day of the month",
        "今天 {today} 题，未来 {days} 天共 {total} 题；最后一行是日期",
    ),
    "stats.calibration": ("Your own rating and the mark", "自评与得分"),
    "stats.no_calibration": (
        "Appears when you rate an answer before its verdict.",
        "在看到评判之前为自己的回答评级后显示。",
    ),
    "stats.mark": ("mark {mean}, stands for {expected}", "得分 {mean}，对应 {expected}"),
    "stats.too_kind": (
        "You rate yourself {points} points above the marks.",
        "你的自评比得分高 {points} 分。",
    ),
    "stats.too_strict": (
        "You rate yourself {points} points below the marks.",
        "你的自评比得分低 {points} 分。",
    ),
    "stats.unrelated": (
        "Your ratings and the marks are {points} points apart, now above, now below.",
        "你的自评与得分平均相差 {points} 分，时高时低。",
    ),
    "stats.fair": ("Your ratings agree with the marks.", "你的自评与得分一致。"),
    "stats.changed": (
        "{count} ratings changed after the verdict",
        "看到评判后改动了 {count} 次评级",
    ),
}
