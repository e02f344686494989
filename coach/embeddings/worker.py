"""The child process behind `SentenceTransformerEmbeddings`: one JSON request a line, one reply a line."""

import base64
import json
import os
import sys
from typing import Any, TextIO


def main() -> None:
    """Loads the model named on the command line, says so, then serves requests until the input ends."""
    # Whatever libraries print must not get between the replies.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(sys.argv[1])
    except Exception as error:
        _reply(replies, {"error": _brief(error)})
        return
    _reply(replies, {"ready": True})
    for line in sys.stdin:
        _reply(replies, _answer(model, json.loads(line)))


def _answer(model: Any, request: dict[str, Any]) -> dict[str, Any]:
    encode = model.encode_query if request["kind"] == "query" else model.encode_document
    try:
        vectors = encode(request["texts"], show_progress_bar=False, convert_to_numpy=True)
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
