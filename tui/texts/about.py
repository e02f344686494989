"""What each screen is for, in two lines, by the screen's name."""

TEXTS: dict[str, tuple[str, str]] = {
    "about.home": (
        "What to do next, and whether everything is ready. Each line of the menu has its own key.",
        "接下来做什么，以及一切是否就绪。菜单的每一行都有自己的按键。",
    ),
    "about.setup": (
        "Choose what the interview asks. Enter starts with what is shown; the settings hold the defaults.",
        "选择面试的内容。按回车以当前选项开始；默认值来自设置。",
    ),
    "about.interview": (
        "Answer in your own words or in code. What you type is kept at every pause; leaving loses nothing.",
        "用自己的话或代码作答。每次停顿都会保存；离开不会丢失内容。",
    ),
    "about.summary": (
        "How the interview went, and what to read again. Enter opens an answer with its verdict.",
        "面试的结果，以及该重读的内容。按回车查看答案及评分。",
    ),
    "about.ask": (
        "Ask what the notes may know. Every sentence has a numbered source or is marked as without one.",
        "问笔记里可能有的内容。每句话都有编号的出处，或标明没有出处。",
    ),
    "about.deck": (
        "All questions, found by their words, topic or level. Enter practises the one that is highlighted.",
        "全部题目，可按词语、主题或难度查找。按回车练习当前题目。",
    ),
    "about.drafts": (
        "Cards made from your notes wait here. Nothing joins the deck before you accept it.",
        "由笔记生成的卡片在此等待。接受之前不会加入题库。",
    ),
    "about.settings": (
        "Everything in the settings file. A value is checked while you type and saved when you leave its field.",
        "设置文件中的全部内容。键入时即检查，离开输入框时保存。",
    ),
    "about.eval": (
        "How far a grader agrees with human marks. A run that is stopped goes on where it was, with the same choices.",
        "评分器与人工评分的一致程度。中断的评测在相同选项下从原处继续。",
    ),
    "about.welcome": (
        "The first start: language, level and model. Escape keeps the defaults; the settings change all of it later.",
        "首次启动：语言、难度和模型。Esc 保留默认值；以后都可在设置中更改。",
    ),
    "about.history": (
        "Every answer you gave, the newest first. Type to search; Enter opens an answer with its verdict.",
        "你的全部回答，最新的在前。键入即搜索；按回车查看答案及评分。",
    ),
    "about.answer": (
        "One answer with its verdict and the passages to read. The numbers open a passage.",
        "一个回答及其评分和阅读材料。数字键打开对应段落。",
    ),
    "about.statistics": (
        "How ready you are, what you remember, what comes back when, and how well you judge yourself.",
        "你的准备程度、记忆情况、复习安排，以及自评是否准确。",
    ),
}
