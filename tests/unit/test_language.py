"""English or Chinese."""

import pytest

from coach.language import detect


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Why does Adam keep two moments?", "en"),
        ("为什么 Adam 要维护两个矩估计？", "zh"),
        ("LSTM 的 forget gate 是干什么的", "zh"),
        ("用 ReLU", "zh"),
        ("", "en"),
        ("softmax(z)_i = exp(z_i)/Σ exp(z_j)", "en"),
        (
            "The term 梯度 (gradient) appears once in this long English sentence about optimisation.",
            "en",
        ),
    ],
)
def test_the_language_that_carries_the_text_wins(text: str, lang: str) -> None:
    assert detect(text) == lang
