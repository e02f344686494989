"""What runs inside the sandbox: shuts itself in, then loads and calls the candidate's code.

Started as a script with one JSON argument, beside libraries.py, shutting.py and wire.py; nothing else of the program is
visible from here. Only what is on the far side of the pipes judges: values go out, nothing else counts.
"""

import fcntl
import json
import linecache
import os
import sys
import types
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.sandbox import libraries, shutting, wire
else:
    sys.path.insert(0, os.path.dirname(__file__))  # noqa: PTH120
    import libraries
    import shutting
    import wire

FILE = "answer.py"


def plain(value: Any) -> tuple[str, dict[str, Any], Any] | None:
    """Tensors leave as arrays."""
    torch = sys.modules.get("torch")
    if torch is None or not isinstance(value, torch.Tensor):
        return None
    return "tensor", {}, value.detach().cpu().resolve_conj().numpy()


def build(kind: str, node: dict[str, Any], array: Any) -> Any:
    """The arguments that are not plain arrays."""
    if kind == "tensor":
        import torch

        return torch.from_numpy(wire.laid_out(array, node.get("layout")))
    if kind == "rng":
        import numpy as np

        return np.random.default_rng(node["seed"])
    raise wire.WireError(f"unknown kind {kind}")


def failure(error: BaseException) -> dict[str, Any]:
    """What an exception says, without running code of the candidate to find out."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and error.filename == FILE:
        line, text = error.lineno, str(error.msg)
    else:
        text = said(error)
    return {
        "failed": kind_of(error, text),
        "type": type(error).__name__,
        "text": text[:2000],
        "line": line,
    }


def kind_of(error: BaseException, text: str) -> str:
    """Whether memory ran out, or something else went wrong."""
    out_of_memory = isinstance(error, MemoryError) or "DefaultCPUAllocator" in text
    return "memory" if out_of_memory else "error"


def said(error: BaseException) -> str:
    """The message of an exception; a `__str__` written by the candidate is not called."""
    for cls in type(error).__mro__:
        method = vars(cls).get("__str__")
        if method is not None:
            own = getattr(getattr(method, "__code__", None), "co_filename", FILE) == FILE
            if own and isinstance(method, types.FunctionType):
                return ", ".join(arg for arg in error.args if type(arg) is str)
            return str(error) if all(type(a) in (str, int, float) for a in error.args) else ""
    return ""


def load(source: str, name: str) -> types.ModuleType:
    """Executes source text as a module."""
    file = f"{name}.py"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    module = types.ModuleType(name)
    module.__file__ = file
    sys.modules[name] = module
    exec(compile(source, file, "exec"), module.__dict__)  # noqa: S102
    return module


def low(descriptors: Sequence[int]) -> list[int]:
    """Moves the pipes to descriptors 3, 4 and 5, whatever numbers the host had free; closes all others."""
    wanted = [3 + number for number in range(len(descriptors))]
    above = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 3 + len(wanted)) for descriptor in descriptors]
    for descriptor, target in zip(above, wanted, strict=True):
        os.dup2(descriptor, target)
    os.closerange(3 + len(wanted), 1 << 16)
    return wanted


class Pipe:
    """Frames in, frames out."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self.read_fd, self.write_fd = read_fd, write_fd

    def take(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            chunk = os.read(self.read_fd, min(size - len(data), 1 << 20))
            if not chunk:
                os._exit(0)
            data += chunk
        return bytes(data)

    def receive(self) -> tuple[dict[str, Any], bytes]:
        header, body = wire.sizes(self.take(wire.HEAD.size), 1 << 40)
        return wire.parse_header(self.take(header)), self.take(body)

    def send(self, header: dict[str, Any], body: bytes = b"") -> None:
        self.send_frame(wire.pack(header, body))

    def send_frame(self, frame: bytes) -> None:
        data = memoryview(frame)
        while data:
            data = data[os.write(self.write_fd, data) :]


class Answer:
    """The candidate's module, the driver's beside it, and calls of their functions."""

    def __init__(self, header: dict[str, Any], source: bytes) -> None:
        self.driver = load(header["driver"], "driver")
        self.module = load(source.decode(), "answer")
        found = vars(self.module)
        self.missing = [name for name in header["names"] if not callable(found.get(name))]

    def call(self, header: dict[str, Any], body: bytes) -> tuple[Any, bytes]:
        """Calls a function; the reply holds its value, the arguments afterwards and the gradients."""
        cotangent, *args = wire.decode(header["args"], body, build)
        leaves = [] if cotangent is None else track(args)
        name = header["name"]
        driven = vars(self.driver).get(name)
        value = driven(self.module, *args) if driven else getattr(self.module, name)(*args)
        gradients = [] if cotangent is None else backward(value, leaves, cotangent)
        keep = [arg if type(arg).__name__ != "Generator" else None for arg in args]
        return wire.encode((value, keep, gradients), plain)


def track(args: Sequence[Any]) -> list[Any]:
    """The floating tensors among the arguments, from now on with gradients."""
    torch = sys.modules["torch"]
    floating = [a for a in args if isinstance(a, torch.Tensor) and a.is_floating_point()]
    return [tensor.requires_grad_() for tensor in floating]


def backward(value: Any, leaves: Sequence[Any], cotangent: Any) -> list[Any]:
    """Gradients by each leaf; None where the value has another shape or does not depend on the leaf."""
    torch = sys.modules["torch"]
    if not isinstance(value, torch.Tensor) or value.shape != cotangent.shape:
        return [None] * len(leaves)
    if not value.requires_grad:
        return [None] * len(leaves)
    # Not by `grad_outputs`, for which PyTorch imports seconds' worth of libraries.
    weighted = (value * cotangent.to(value.dtype)).sum()
    return list(torch.autograd.grad(weighted, leaves, allow_unused=True))


def serve(pipe: Pipe) -> None:
    """Answers one request at a time for as long as the host asks."""
    answer: Answer | None = None
    while True:
        header, body = pipe.receive()
        reply: dict[str, Any] = {}
        data = b""
        try:
            if header["op"] == "load":
                answer = None
                answer = Answer(header, body)
                reply["missing"] = answer.missing
            elif answer is not None:
                reply["value"], data = answer.call(header, body)
            if len(data) > header["max_body"]:
                raise wire.WireError(f"an answer of {len(data)} bytes is over the limit")
            frame = wire.pack({"id": header["id"], **reply}, data)
        except BaseException as error:
            frame = wire.pack({"id": header["id"], **failure(error)})
            del error
        del reply, data
        pipe.send_frame(frame)


def main() -> None:
    config = json.loads(sys.argv[1])
    alone = config.get("alone")
    program = b""
    if alone is not None:
        program = os.read(alone["filter"], 1 << 16)
    requests, answers, lifeline = low(config["fds"])
    pipe = Pipe(requests, answers)
    shutting.tie(lifeline)
    if config["uid"] is not None:
        shutting.become(config["uid"])
    if alone is not None:
        shutting.shut_in_alone(alone, program)
    elif config["uid"] is not None:
        shutting.give_up_power()
    libraries.import_all(config["site"], config["needs"])
    pipe.send({"pid": os.getpid()})
    header, program = pipe.receive()
    pipe.send({"landlock": shutting.seal(header["limits"], program)})
    serve(pipe)


if __name__ == "__main__":
    main()
