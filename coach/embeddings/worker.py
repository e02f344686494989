"""The child process that embeds with PyTorch: one JSON request a line, one reply a line.

python -m coach.embeddings.worker sentence-transformers NAME
python -m coach.embeddings.worker e5 FILE
"""

import base64
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TextIO

Encode = Callable[[str, Sequence[str]], Any]
"""From "query" or "documents" and texts to vectors as rows."""


def main() -> None:
    """Loads the model named on the command line, says so, then serves requests until the input ends."""
    # Whatever libraries print must not get between the replies.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        encode = _LOADERS[sys.argv[1]](sys.argv[2])
    except Exception as error:
        _reply(replies, {"error": _brief(error)})
        return
    _reply(replies, {"ready": True})
    for line in sys.stdin:
        _reply(replies, _answer(encode, json.loads(line)))


def _sentence_transformer(name: str) -> Encode:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(name)

    def encode(kind: str, texts: Sequence[str]) -> Any:
        with_prompt = model.encode_query if kind == "query" else model.encode_document
        return with_prompt(list(texts), show_progress_bar=False, convert_to_numpy=True)

    return encode


def _e5(file: str) -> Encode:
    from coach.embeddings.e5_torch import E5

    return E5(file).encode


_LOADERS = {"sentence-transformers": _sentence_transformer, "e5": _e5}


def _answer(encode: Encode, request: dict[str, Any]) -> dict[str, Any]:
    try:
        vectors = encode(request["kind"], request["texts"])
    except Exception as error:
        return {"error": _brief(error)}
    return {"vectors": base64.b64encode(vectors.astype("<f4").tobytes()).decode("ascii")}


def _reply(out: TextIO, value: dict[str, Any]) -> None:
    out.write(json.dumps(value) + "\n")
    out.flush()


def _brief(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0] if lines else ''}"[:300]


if __name__ == "__main__":
    main()
