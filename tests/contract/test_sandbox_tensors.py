"""PyTorch in the sandbox: tensors, their gradients and the library's own parts."""

import importlib.util

import numpy as np
import pytest

from coach.errors import PackageMissing, SandboxMissing
from coach.exercise import Limits, Returned, Tensor
from coach.practice.numeric import gradient
from coach.sandbox import Sandbox
from tests.contract.sandbox_runs import LIMITS


@pytest.mark.torch
def test_tensors_cross_as_arrays() -> None:
    if importlib.util.find_spec("torch") is None:
        with pytest.raises(PackageMissing), Sandbox().start("torch", LIMITS, 1):
            pytest.fail("PyTorch is not there")
        return
    source = "import torch\ndef f(x):\n    assert isinstance(x, torch.Tensor)\n    return x @ x.T"
    x = np.ones((2, 3), dtype=np.float32)
    try:
        with Sandbox().start("torch", LIMITS, 1) as run:
            run.load(source, ["f"], 5)
            outcome = run.call("f", [Tensor(x)], 5)
    except SandboxMissing as missing:
        pytest.skip(missing.message)
    assert isinstance(outcome, Returned)
    assert np.array_equal(outcome.value, x @ x.T)


@pytest.mark.torch
def test_tensors_keep_their_layout() -> None:
    pytest.importorskip("torch")
    with Sandbox().start("torch", LIMITS, 2) as run:
        run.load("def f(x): return x.is_contiguous()", ["f"], 5)
        for array, contiguous in [(np.ones((2, 3)), True), (np.ones((2, 3)).T, False)]:
            outcome = run.call("f", [Tensor(array)], 5)
            assert isinstance(outcome, Returned)
            assert outcome.value is contiguous


@pytest.mark.torch
def test_gradients_come_with_the_value_where_the_result_depends_on_an_argument() -> None:
    pytest.importorskip("torch")
    source = (
        "import torch\ndef f(x, w): return torch.tanh(x) * w\ndef g(x, w): return x.detach() * w\n"
        "def h(x, w): return x.detach()"
    )
    x, w, cotangent = np.random.default_rng(0).normal(size=(3, 4))
    right = gradient(lambda x, w: np.tanh(x) * w, [x, w], cotangent)
    found = {}
    with Sandbox().start("torch", Limits(memory_mb=512), 4) as run:
        run.load(source, ["f", "g", "h"], 10)
        for name in "fgh":
            outcome = run.call(name, [Tensor(x), Tensor(w)], 10, Tensor(cotangent))
            assert isinstance(outcome, Returned)
            found[name] = outcome.gradients
    assert all(np.allclose(a, b) for a, b in zip(found["f"], right.expected, strict=True))
    assert found["g"][0] is None
    assert np.allclose(found["g"][1], cotangent * x)
    assert found["h"] == (None, None)


@pytest.mark.torch
@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "RMSprop"])
def test_the_librarys_own_optimisers_work_inside(name: str) -> None:
    pytest.importorskip("torch")
    source = (
        "import torch\ndef f(x):\n    w = torch.nn.Parameter(x.clone())\n"
        f"    o = torch.optim.{name}([w], lr=0.1)\n    o.zero_grad()\n    w.sum().backward()\n"
        "    o.step()\n    return w"
    )
    with Sandbox().start("torch", Limits(memory_mb=512), 1) as run:
        run.load(source, ["f"], 5)
        outcome = run.call("f", [Tensor(np.ones(3))], 5)
    assert isinstance(outcome, Returned), outcome
    assert (outcome.value < 1).all()
