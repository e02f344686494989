"""What a right loop does to a small model: softmax regression behind batch normalisation, in NumPy."""

from dataclasses import dataclass, field

import numpy as np

from coach.card import Bilingual
from coach.exercise import Case

STATE = ("weight", "bias", "running_mean", "running_var")


@dataclass
class Network:
    """Batch normalisation, a linear layer, and the velocities of the optimiser."""

    weight: np.ndarray
    bias: np.ndarray
    mean: np.ndarray
    var: np.ndarray
    velocity: list = field(default_factory=lambda: [0.0, 0.0])

    def normalised(self, x, training):
        mean, var = self.mean, self.var
        if training:
            mean, var = x.mean(axis=0), x.var(axis=0)
            self.mean = 0.9 * self.mean + 0.1 * mean
            self.var = 0.9 * self.var + 0.1 * x.var(axis=0, ddof=1)
        return (x - mean) / np.sqrt(var + 1e-5)

    def log_shares(self, inputs):
        scores = inputs @ self.weight.T + self.bias
        return scores - np.logaddexp.reduce(scores, axis=1)[:, None]

    def learn(self, x, labels, lr, momentum):
        """One step; the losses of the examples before it."""
        inputs = self.normalised(x, True)
        logs = self.log_shares(inputs)
        error = (np.exp(logs) - np.eye(len(self.bias))[labels]) / len(x)
        gradients = (error.T @ inputs, error.sum(axis=0))
        pairs = zip(self.velocity, gradients, strict=True)
        self.velocity = [momentum * v + g for v, g in pairs]
        self.weight = self.weight - lr * self.velocity[0]
        self.bias = self.bias - lr * self.velocity[1]
        return -logs[np.arange(len(x)), labels]


def simulate(weight, bias, x, labels, sizes, new_x, new_labels, lr, momentum, epochs):
    """History and network after training."""
    net = Network(weight, bias, np.zeros(x.shape[1]), np.ones(x.shape[1]))
    history, ends = [], np.cumsum(sizes)[:-1]
    for _ in range(epochs):
        pairs = zip(np.split(x, ends), np.split(labels, ends), strict=True)
        losses = np.concatenate([net.learn(*pair, lr, momentum) for pair in pairs])
        logs = net.log_shares(net.normalised(new_x, False))
        new_losses = -logs[np.arange(len(new_x)), new_labels]
        accuracy = (logs.argmax(axis=1) == new_labels).mean()
        history.append((losses.mean(), new_losses.mean(), accuracy))
    return np.array(history), net


def cases(seed):
    rng = np.random.default_rng(seed)
    return [*measured(rng), *watched(rng)]


def inputs(rng, sizes, new_sizes, epochs, leftover=0.0, momentum=0.5):
    """Arguments for the driver; the classes of the validation data are partly those of the model."""
    features, classes = 2, 3
    weight, bias = rng.normal(size=(classes, features)), rng.normal(size=classes)
    x = 3 + 2 * rng.normal(size=(sum(sizes), features))
    new_x = 3 + 2 * rng.normal(size=(sum(new_sizes), features))
    labels, new_labels = (rng.integers(classes, size=sum(s)) for s in (sizes, new_sizes))
    left = leftover * rng.normal(size=weight.shape) + 0.0
    data = (x, labels, sizes, new_x, new_labels, new_sizes)
    return (weight, bias, left, *data, 0.3, momentum, epochs)


def outcome(args):
    weight, bias, _, x, labels, sizes, new_x, new_labels, _, *rest = args
    return simulate(weight, bias, x, labels, sizes, new_x, new_labels, *rest)


def measured(rng):
    def case(name, en, zh, call, *sizes, **options):
        args = inputs(rng, *sizes, **options)
        history, net = outcome(args)
        why = Bilingual(en, zh)
        if call == "history":
            return Case(name, why, args, history, call=call)
        wanted = (net.weight, net.bias, net.mean, net.var)
        return Case(name, why, args, wanted, call=call, names=STATE)

    return [
        case(
            "one batch",
            "Losses are means: in training the one before the step, in validation that of evaluation mode.",
            "损失都是平均值：训练损失取更新之前的，验证损失在评估模式下计算。",
            "history", [3], [2], 1,
        ),
        case(
            "one step",
            "A batch moves the parameters once; validation moves neither parameters nor running statistics.",
            "一个批次更新一次参数；验证既不更新参数，也不更新滑动统计量。",
            "state", [4], [3], 1,
        ),
        case(
            "several batches",
            "Each step uses the gradient of its own batch alone.",
            "每一步只用当前批次的梯度。",
            "state", [3, 3, 3], [4], 1,
        ),
        case(
            "a gradient from before",
            "Gradients that were there before training do not count.",
            "训练之前残留的梯度不能算进去。",
            "state", [3, 3], [2], 1, leftover=1.0,
        ),
        case(
            "several epochs",
            "Every epoch goes back to training mode and through all batches again.",
            "每个 epoch 都要回到训练模式，重新遍历所有批次。",
            "state", [3, 4], [3, 2], 3,
        ),
        case(
            "batches of different sizes",
            "Every example counts the same in a mean, whatever the size of its batch.",
            "无论批次大小，每个样本在平均值中的权重相同。",
            "history", [6, 2], [5, 1], 1,
        ),
        case(
            "the whole history",
            "One row for each epoch: training loss, validation loss, accuracy.",
            "每个 epoch 一行：训练损失、验证损失、准确率。",
            "history", [5, 3, 2], [4, 1, 3], 4,
        ),
    ]  # fmt: skip


def watched(rng):
    args = inputs(rng, [3, 2], [2, 3], 2)
    expected = 2 * [[True, True, 3], [True, True, 2], [False, False, 2], [False, False, 3]]
    return [
        Case(
            "modes",
            Bilingual(
                "Training mode with gradients for training, evaluation mode without gradients for validation.",
                "训练用训练模式并记录梯度，验证用评估模式且不记录梯度。",
            ),
            args, call="passes", check=lambda value: difference(expected, value),
        ),
        Case(
            "plain floats",
            Bilingual(
                "A tensor in the history keeps its whole graph in memory; a float does not.",
                "历史记录里的张量会把整张计算图留在内存里，float 则不会。",
            ),
            args, "float", call="types",
        ),
    ]  # fmt: skip


def difference(expected, value):
    """The first pass through the model that is not as it should be."""
    if not isinstance(value, list) or len(value) != len(expected):
        count = len(value) if isinstance(value, list) else 0
        return Bilingual(
            f"The model should be called {len(expected)} times; it was called {count} times.",
            f"模型应被调用 {len(expected)} 次，实际为 {count} 次。",
        )
    for number, (wanted, found) in enumerate(zip(expected, value, strict=True), 1):
        if str(wanted) != str(found):
            (en, zh), (found_en, found_zh) = described(wanted), described(found)
            return Bilingual(
                f"Call {number} of the model: expected {en}; got {found_en}.",
                f"模型的第 {number} 次调用：应为{zh}；实际为{found_zh}。",
            )
    return None


def described(entry):
    if not isinstance(entry, list) or [type(part) for part in entry] != [bool, bool, int]:
        return str(entry), str(entry)
    training, recording, size = entry
    en = (
        f"{'training' if training else 'evaluation'} mode, gradients {'on' if recording else 'off'}"
    )
    zh = f"{'训练' if training else '评估'}模式、{'' if recording else '不'}记录梯度"
    return f"{en}, {size} examples", f"{zh}、{size} 个样本"
