"""A loopback server that speaks the OpenAI API as told, request by request.

    with FakeOpenAI(busy(retry_after=1), reply("hello")) as server:
        ... server.base_url ... server.requests[0].body["messages"]

Each chat request takes the next behaviour; the last one is repeated. A behaviour may also be
chosen by the request: `FakeOpenAI(by_request(lambda request: reply(request.prompt)))`.
"""

import json
import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    """What the client sent; header names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def prompt(self) -> str:
        """The text of all messages."""
        return "\n".join(str(message["content"]) for message in self.body["messages"])


class Exchange:
    """One request and the ways to answer it."""

    def __init__(self, request: Request, handler: BaseHTTPRequestHandler, closing: threading.Event):
        self.request = request
        self._handler = handler
        self._closing = closing

    def send(
        self, body: bytes, *, code: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        self._begin(code, {"Content-Length": str(len(body)), **(headers or {})})
        self._handler.wfile.write(body)

    def begin_stream(self) -> None:
        self._begin(200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"})

    def chunk(self, data: bytes) -> None:
        self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self._handler.wfile.flush()

    def hang_up(self) -> None:
        self._handler.close_connection = True

    def wait(self, seconds: float) -> bool:
        """Sleeps; False as soon as the server closes."""
        return not self._closing.wait(seconds)

    def _begin(self, code: int, headers: Mapping[str, str]) -> None:
        self._handler.send_response(code)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()


Behaviour = Callable[[Exchange], None]


def by_request(choose: Callable[[Request], Behaviour]) -> Behaviour:
    """Whatever a function of the request returns."""
    return lambda exchange: choose(exchange.request)(exchange)


def reply(
    text: str,
    *,
    logprobs: Mapping[str, float] | None = None,
    finish_reason: str = "stop",
    usage: bool = True,
) -> Behaviour:
    """A whole reply, streamed where that is asked for; `logprobs` are first-token probabilities."""

    def answer(exchange: Exchange) -> None:
        if exchange.request.body.get("stream"):
            exchange.begin_stream()
            for event in _events(exchange.request, text, finish_reason, usage):
                exchange.chunk(event)
            exchange.chunk(b"")
        else:
            wanted = logprobs if exchange.request.body.get("logprobs") else None
            exchange.send(json.dumps(completion(text, wanted, finish_reason, usage)).encode())

    return answer


def status(code: int, message: str = "told to fail", **headers: str) -> Behaviour:
    """An HTTP error with an OpenAI error body."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": None}}).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda exchange: exchange.send(body, code=code, headers=named)


def busy(retry_after: float) -> Behaviour:
    """HTTP 429 with Retry-After."""
    return status(429, "slow down", Retry_After=f"{retry_after:g}")


def slow(seconds: float, text: str = "late") -> Behaviour:
    """Says nothing for a while, then replies."""

    def answer(exchange: Exchange) -> None:
        if exchange.wait(seconds):
            reply(text)(exchange)

    return answer


def trickle(pause_s: float, byte: bytes = b" ") -> Behaviour:
    """Sends one byte after the other and never ends: no single read takes long."""

    def answer(exchange: Exchange) -> None:
        exchange.begin_stream()
        while exchange.wait(pause_s):
            exchange.chunk(byte)

    return answer


def cut_off(text: str) -> Behaviour:
    """Sends the first half of a reply and hangs up."""

    def answer(exchange: Exchange) -> None:
        if exchange.request.body.get("stream"):
            events = list(_events(exchange.request, text, "stop", usage=False))
            exchange.begin_stream()
            for event in events[: len(events) // 2]:
                exchange.chunk(event)
        else:
            body = json.dumps(completion(text, None, "stop", usage=True)).encode()
            exchange.send(body[: len(body) // 2], headers={"Content-Length": str(len(body))})
        exchange.hang_up()

    return answer


def unfinished(text: str) -> Behaviour:
    """Streams a reply that stops, politely, before its finish reason."""

    def answer(exchange: Exchange) -> None:
        exchange.begin_stream()
        for event in list(_events(exchange.request, text, "stop", usage=False))[:-2]:
            exchange.chunk(event)
        exchange.chunk(b"")

    return answer


def refuse_format(text: str, kinds: Sequence[str] = ("json_schema", "json_object")) -> Behaviour:
    """HTTP 400 to these kinds of `response_format`, else a reply."""

    def answer(exchange: Exchange) -> None:
        wanted = (exchange.request.body.get("response_format") or {}).get("type")
        refused = status(400, f"response_format {wanted} is not supported")
        (refused if wanted in kinds else reply(text))(exchange)

    return answer


def refuse(*parameters: str, otherwise: Behaviour) -> Behaviour:
    """HTTP 400 to a request that has one of these parameters, else another behaviour."""

    def answer(exchange: Exchange) -> None:
        found = [name for name in parameters if name in exchange.request.body]
        (status(400, f"Unsupported parameter: {found[0]}") if found else otherwise)(exchange)

    return answer


def not_utf8() -> Behaviour:
    """A reply whose text is not UTF-8."""

    def answer(exchange: Exchange) -> None:
        request = exchange.request
        if request.body.get("stream"):
            exchange.begin_stream()
            for event in _events(request, "ab", "stop", usage=False):
                exchange.chunk(event.replace(b'"ab"', b'"\xff\xfe\xc3("'))
            exchange.chunk(b"")
        else:
            body = json.dumps(completion("ab", None, "stop", usage=True)).encode()
            exchange.send(body.replace(b'"ab"', b'"\xff\xfe\xc3("'))

    return answer


def raw(body: bytes) -> Behaviour:
    """Any bytes as the body of a successful reply."""
    return lambda exchange: exchange.send(body)


def completion(
    text: str, logprobs: Mapping[str, float] | None, finish_reason: str, usage: bool
) -> dict[str, Any]:
    """The JSON of a chat completion."""
    choice: dict[str, Any] = {
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "finish_reason": finish_reason,
        "logprobs": _logprobs(logprobs) if logprobs else None,
    }
    whole: dict[str, Any] = {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "fake",
        "choices": [choice],
    }
    if usage:
        whole["usage"] = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    return whole


def _logprobs(tokens: Mapping[str, float]) -> dict[str, Any]:
    top = [{"token": t, "logprob": math.log(p), "bytes": None} for t, p in tokens.items()]
    return {"content": [{**max(top, key=lambda entry: entry["logprob"]), "top_logprobs": top}]}


def _events(request: Request, text: str, finish_reason: str, usage: bool) -> Iterator[bytes]:
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "fake"}
    pieces = [text] if " " not in text else [word + " " for word in text.split(" ")]
    for piece in pieces:
        choice = {"index": 0, "delta": {"role": "assistant", "content": piece}}
        yield _event({**head, "choices": [{**choice, "finish_reason": None}]})
    yield _event({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": finish_reason}]})
    if usage and (request.body.get("stream_options") or {}).get("include_usage"):
        told = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        yield _event({**head, "choices": [], "usage": told})
    yield b"data: [DONE]\n\n"


def _event(data: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"


class FakeOpenAI:
    """The server; use it as a context manager."""

    def __init__(
        self,
        *script: Behaviour,
        models: Sequence[str] = ("fake",),
        embed: Callable[[list[str]], list[list[float]]] | None = None,
    ) -> None:
        self.script = script or (reply("ok"),)
        self.models = models
        self.embed = embed
        self.requests: list[Request] = []
        self._used = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> "FakeOpenAI":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def chats(self) -> list[Request]:
        """The chat requests so far."""
        return [request for request in self.requests if request.path.endswith("/completions")]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                fake._answer(self, {})

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                fake._answer(self, json.loads(self.rfile.read(length) or b"{}"))

            def log_message(self, *_: object) -> None:
                """Keeps the terminal quiet."""

        return Handler

    def _answer(self, handler: BaseHTTPRequestHandler, body: Mapping[str, Any]) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        request = Request(handler.path, headers, body)
        with self._lock:
            self.requests.append(request)
        exchange = Exchange(request, handler, self._closing)
        try:
            self._behaviour(request)(exchange)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True

    def _behaviour(self, request: Request) -> Behaviour:
        if request.path.endswith("/models"):
            return raw(json.dumps({"data": [_model(name) for name in self.models]}).encode())
        if request.path.endswith("/embeddings"):
            return raw(json.dumps(self._embeddings(request)).encode())
        if not request.path.endswith("/chat/completions"):
            return status(404, f"no such path: {request.path}")
        with self._lock:
            script = self.script[min(self._used, len(self.script) - 1)]
            self._used += 1
        return script

    def _embeddings(self, request: Request) -> dict[str, Any]:
        texts = request.body["input"]
        texts = [texts] if isinstance(texts, str) else list(texts)
        vectors = self.embed(texts) if self.embed else [[1.0, 0.0] for _ in texts]
        data = [
            {"object": "embedding", "index": index, "embedding": vector}
            for index, vector in enumerate(vectors)
        ]
        return {
            "object": "list",
            "model": "fake",
            "data": data,
            "usage": {"prompt_tokens": 1, "total_tokens": 1},
        }


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1, "owned_by": "fake"}


def wait_until(done: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Polls until something holds; tells whether it does."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
