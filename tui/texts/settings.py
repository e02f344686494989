"""Settings and themes."""

TEXTS: dict[str, tuple[str, str]] = {
    "settings.title": ("Settings", "设置"),
    "settings.section_interview": ("Interview", "面试"),
    "settings.section_model": ("Language model", "语言模型"),
    "settings.section_embeddings": ("Embeddings", "嵌入"),
    "settings.section_index": ("Index", "索引"),
    "settings.section_practice": ("Practice", "练习"),
    "settings.section_ui": ("Screens", "界面"),
    "settings.section_keys": ("Keys", "按键"),
    "settings.empty": ("(empty)", "（空）"),
    "settings.set": ("(set)", "（已设置）"),
    "settings.default": ("Default: {value}", "默认值：{value}"),
    "settings.saved": ("{name} is saved", "{name} 已保存"),
    "settings.later": ("Counts from the next start.", "下次启动时生效。"),
    "settings.key_help": (
        "Keys for this command, parted by commas, e.g. ctrl+k,f6; empty: its own",
        "该命令的按键，用逗号分隔，例如 ctrl+k,f6；留空用默认按键",
    ),
    "key.reset": ("Reset", "恢复默认"),
    "themes.title": ("Themes", "主题"),
    "themes.keys": ("Enter keeps  Esc puts back", "回车保留  Esc 恢复"),
    "themes.colour_blind": ("for colour-blind eyes", "适合色觉障碍者"),
    "themes.ansi": ("the terminal's colours", "终端的颜色"),
}
