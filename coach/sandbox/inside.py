"""What runs inside the sandbox: shuts itself in, then loads and calls the candidate's code.

Started as a script with one JSON argument, next to a copy of wire.py; nothing else of the program is
visible from here. Only what is on the far side of the pipes judges: values go out, nothing else counts.
"""

import ctypes
import fcntl
import json
import linecache
import os
import resource
import sys
import types
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.sandbox import wire
else:
    sys.path.insert(0, os.path.dirname(__file__))  # noqa: PTH120
    import wire

FILE = "answer.py"
CLONE_NEWUSER, PR_SET_SECCOMP, SECCOMP_FILTER = 0x10000000, 22, 2
CAPABILITY_VERSION = 0x20080522
LANDLOCK_CREATE, LANDLOCK_RESTRICT = 444, 446
LIBC = ctypes.CDLL(None, use_errno=True)


def checked(result: int, what: str) -> int:
    """Leaves at once when a step of shutting in fails: the host sees the end of the pipe."""
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def become(uid: int) -> None:
    """Turns root into a user nobody else is, in a user namespace where it has no power either."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    checked(LIBC.unshare(CLONE_NEWUSER), "unshare")
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    checked(LIBC.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def import_libraries(site: Sequence[str], needs: str) -> None:
    """Imports what exercises need and uses it once, so that it allocates before memory is limited."""
    sys.path += site
    import numpy as np

    np.linalg.svd(np.ones((8, 8)) @ np.ones((8, 8)))
    np.random.default_rng(0).normal()
    if needs == "torch":
        import torch

        torch.set_num_threads(1)
        weight = torch.ones(8, 8, requires_grad=True)
        torch.nn.functional.softmax(weight @ weight, dim=-1).sum().backward()  # type: ignore[no-untyped-call]
    sys.path.pop(0)


def landlock() -> int:
    """Forbids writing, executing, TCP, abstract sockets and outside signals; returns the ABI, 0 for none."""
    abi: int = LIBC.syscall(LANDLOCK_CREATE, None, ctypes.c_size_t(0), 1)
    if abi < 1:
        return 0
    rights = (1 << {1: 13, 2: 14}.get(abi, 15 if abi < 5 else 16)) - 1
    fields = [rights & ~0b1100, *([0b11] if abi >= 4 else []), *([0b11] if abi >= 6 else [])]
    attributes = (ctypes.c_uint64 * len(fields))(*fields)
    size = ctypes.c_size_t(8 * len(fields))
    ruleset = checked(LIBC.syscall(LANDLOCK_CREATE, attributes, size, 0), "landlock")
    checked(LIBC.syscall(LANDLOCK_RESTRICT, ruleset, 0), "landlock")
    os.close(ruleset)
    return abi


def seal(limits: dict[str, tuple[int, int]], program: bytes) -> int:
    """Sets resource limits, Landlock and the second seccomp filter; there is no way back."""
    for name, (soft, hard) in limits.items():
        resource.setrlimit(getattr(resource, name), (soft, hard))
    abi = landlock()

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]

    filter_ = Program(len(program) // 8, program)
    result = LIBC.prctl(PR_SET_SECCOMP, SECCOMP_FILTER, ctypes.byref(filter_), 0, 0)
    checked(result, "seccomp")
    return abi


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

        return torch.from_numpy(array)
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


def load(source: str, names: Sequence[str]) -> tuple[types.ModuleType, list[str]]:
    """Executes the answer as a module; returns it and the entry points it lacks."""
    linecache.cache[FILE] = (len(source), None, source.splitlines(keepends=True), FILE)
    module = types.ModuleType("answer")
    module.__file__ = FILE
    sys.modules["answer"] = module
    exec(compile(source, FILE, "exec"), module.__dict__)  # noqa: S102
    return module, [name for name in names if not callable(vars(module).get(name))]


def low(descriptors: Sequence[int]) -> tuple[int, int]:
    """Moves the two pipes to descriptors 3 and 4, whatever numbers the host had free."""
    above = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 5) for descriptor in descriptors]
    for target, descriptor in enumerate(above, 3):
        os.dup2(descriptor, target)
    for descriptor in {*above, *descriptors} - {3, 4}:
        os.close(descriptor)
    return 3, 4


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


def call(function: Any, header: dict[str, Any], body: bytes) -> tuple[Any, bytes]:
    """Calls the candidate's function; the reply holds its value and the arguments afterwards."""
    args = wire.decode(header["args"], body, build)
    value = function(*args)
    keep = [arg if type(arg).__name__ != "Generator" else None for arg in args]
    return wire.encode((value, keep), plain)


def serve(pipe: Pipe) -> None:
    """Answers one request at a time for as long as the host asks."""
    module: types.ModuleType | None = None
    while True:
        header, body = pipe.receive()
        reply: dict[str, Any] = {}
        data = b""
        try:
            if header["op"] == "load":
                module, reply["missing"] = load(body.decode(), header["names"])
            else:
                reply["value"], data = call(getattr(module, header["name"]), header, body)
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
    pipe = Pipe(*low(config["fds"]))
    if config["uid"] is not None:
        become(config["uid"])
    import_libraries(config["site"], config["needs"])
    pipe.send({"pid": os.getpid()})
    header, program = pipe.receive()
    pipe.send({"landlock": seal(header["limits"], program)})
    serve(pipe)


if __name__ == "__main__":
    main()
