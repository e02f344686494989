"""The program's own colours: calm, with word and mark beside every colour that means something."""

from textual.theme import Theme

# The greys are nearly neutral: terminals of 256 colours would turn a tinted one into plain blue.
DARK = Theme(
    name="coach-dark",
    primary="#7aa2c8",
    secondary="#9d8ec7",
    accent="#e0af68",
    foreground="#d5dae3",
    background="#14161a",
    surface="#1b1e22",
    panel="#23272e",
    boost="#2b3038",
    success="#8fbf7f",
    warning="#e0af68",
    error="#d9777f",
    dark=True,
    variables={
        "border": "#7aa2c8",
        "border-blurred": "#454b56",
        "footer-key-foreground": "#e0af68",
        "footer-background": "#1f2227",
        "block-cursor-background": "#2f4258",
        "block-cursor-foreground": "#eef2f7",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#23272e",
        "input-selection-background": "#7aa2c8 35%",
    },
)

LIGHT = Theme(
    name="coach-light",
    primary="#2f6690",
    secondary="#6b579c",
    accent="#9a5b00",
    foreground="#22272e",
    background="#f7f6f2",
    surface="#ffffff",
    panel="#eceae4",
    boost="#e2dfd7",
    success="#2f7a3a",
    warning="#9a5b00",
    error="#b3323e",
    dark=False,
    variables={
        "border": "#2f6690",
        "border-blurred": "#c4c0b6",
        "footer-key-foreground": "#9a5b00",
        "footer-background": "#eceae4",
        "block-cursor-background": "#d3e2ee",
        "block-cursor-foreground": "#16222c",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#eceae4",
        "input-selection-background": "#2f6690 25%",
    },
)

# Okabe and Ito's eight colours (Color Universal Design, 2008), told apart by every kind of eye.
OKABE_ITO = Theme(
    name="coach-okabe-ito",
    primary="#56b4e9",
    secondary="#cc79a7",
    accent="#e69f00",
    foreground="#e4e6ea",
    background="#101214",
    surface="#181b1e",
    panel="#22262a",
    boost="#2b3034",
    success="#009e73",
    warning="#f0e442",
    error="#d55e00",
    dark=True,
    variables={
        "border": "#56b4e9",
        "border-blurred": "#4a5058",
        "footer-key-foreground": "#e69f00",
        "footer-background": "#1c2023",
        "block-cursor-background": "#17425c",
        "block-cursor-foreground": "#f5f7f9",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#22262a",
        "input-selection-background": "#56b4e9 35%",
    },
)

THEMES = (DARK, LIGHT, OKABE_ITO)
