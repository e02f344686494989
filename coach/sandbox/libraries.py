"""Imports what exercises need, inside the sandbox, before memory is limited."""

import sys
import types
from collections.abc import Sequence
from typing import Any


def import_all(site: Sequence[str], needs: str) -> None:
    """Imports what exercises need and uses it once, so that it allocates before memory is limited."""
    sys.path += site
    import numpy as np

    np.linalg.svd(np.ones((8, 8)) @ np.ones((8, 8)))
    np.random.default_rng(0).normal()
    if needs == "torch":
        import torch

        leave_out_compiler(torch)
        torch.set_num_threads(1)
        torch.backends.nnpack.set_flags(False)  # type: ignore[no-untyped-call]
        weight = torch.ones(8, 8, requires_grad=True)
        torch.nn.functional.softmax(weight @ weight, dim=-1).sum().backward()  # type: ignore[no-untyped-call]
    sys.path.pop(0)


def leave_out_compiler(torch: Any) -> None:
    """Puts a stand-in for the front end of torch.compile where optimisers look it up.

    They ask it not to compile them. The real one takes seconds to import and needs files and programs
    that are not there.
    """
    stand_in: Any = types.ModuleType("torch._dynamo")
    stand_in.disable = lambda function=None, *_, **__: function or (lambda f: f)
    stand_in.graph_break = lambda *_, **__: None
    stand_in.is_compiling = lambda: False
    sys.modules["torch._dynamo"] = torch._dynamo = stand_in
