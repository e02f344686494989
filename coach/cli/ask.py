"""`coach ask`: an answer from the notes, with citations."""

import os
from typing import Annotated

import typer

from coach.app import Coach
from coach.ask import Answer
from coach.console import BaseUrl, Json, Model, emit, reporting, say, telling
from coach.grade.serialize import locator_to_json

app = typer.Typer(help='Ask the notes a question. Example: coach ask "Why does ReLU help?"')


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="the question, in English or Chinese")],
    k: Annotated[int, typer.Option("-k", help="how many passages to look at")] = 5,
    model: Model = None,
    base_url: BaseUrl = None,
    as_json: Json = False,
) -> None:
    """An answer with citations; exit code 1 where the notes do not say.

    Example: coach ask "What does dropout do at test time?" -k 5 --json
    """
    chosen = {"model_name": model, "model_base_url": base_url}
    with reporting(as_json), Coach.open(os.environ, **chosen) as coach:
        answer = None
        with telling() as show:
            for event in coach.asker.ask(question, k):
                if isinstance(event, Answer):
                    answer = event
                elif not as_json:
                    show(event)
    assert answer is not None  # noqa: S101  # an asker ends with the whole answer
    emit(_to_json(answer)) if as_json else _show_sources(answer)
    if not answer.answered:
        raise typer.Exit(1)


def _show_sources(answer: Answer) -> None:
    typer.echo("\n")
    for citation in answer.citations:
        chunk = citation.passage.chunk
        with telling() as show:
            show(
                f"{citation.marker} {chunk.document}, lines {chunk.locator.start_line}-"
                f'{chunk.locator.end_line}: "{" ".join(citation.quote.split())}"\n'
            )
    used = answer.usage
    spent = f", {used.prompt_tokens} + {used.completion_tokens} tokens" if used else ""
    say(f"Answered by {answer.model or 'no model'} in {answer.elapsed_s:.1f} s{spent}.")


def _to_json(answer: Answer) -> dict[str, object]:
    value: dict[str, object] = {
        "question": answer.question,
        "answered": answer.answered,
        "answer": answer.text,
        "citations": [
            {
                "marker": citation.marker,
                "passage_id": citation.passage.chunk.id,
                "document": citation.passage.chunk.document,
                "locator": locator_to_json(citation.passage.chunk.locator),
                "quote": citation.quote,
            }
            for citation in answer.citations
        ],
        "model": answer.model,
        "elapsed_s": answer.elapsed_s,
    }
    if answer.usage:
        value["usage"] = {
            "prompt_tokens": answer.usage.prompt_tokens,
            "completion_tokens": answer.usage.completion_tokens,
        }
    return value
