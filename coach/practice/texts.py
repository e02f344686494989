"""What the candidate reads about a run, in both languages."""

from coach.card import Bilingual

TEXTS = {
    "needs_numpy": Bilingual("Use NumPy.", "使用 NumPy。"),
    "needs_torch": Bilingual("Use PyTorch.", "使用 PyTorch。"),
    "limits": Bilingual(
        "Each case may take {seconds} s; {memory} MiB of memory.",
        "每个用例限时 {seconds} 秒，内存 {memory} MiB。",
    ),
    "forbidden": Bilingual("Write it yourself, without {names}.", "请自己实现，不要用 {names}。"),
    "no_entry_point": Bilingual(
        "The file defines no function called {names}.", "文件里没有定义函数 {names}。"
    ),
    "timeout": Bilingual(
        "It took longer than {seconds} s and was stopped.", "运行超过 {seconds} 秒，已被终止。"
    ),
    "memory": Bilingual(
        "It ran out of memory ({memory} MiB are allowed).", "内存不足（上限 {memory} MiB）。"
    ),
    "crash": Bilingual("The interpreter crashed.", "解释器崩溃了。"),
    "exited": Bilingual(
        "The program ended instead of returning a value.", "程序直接退出了，没有返回结果。"
    ),
    "output": Bilingual("It printed too much and was stopped.", "输出太多，已被终止。"),
    "protocol": Bilingual(
        "It wrote to the channel that carries results.", "程序干扰了传递结果的通道。"
    ),
    "error": Bilingual("It raised an exception.", "程序抛出了异常。"),
    "changed": Bilingual(
        "The call changed its argument number {index}; leave the inputs as they are.",
        "调用修改了第 {index} 个参数；请不要改动输入。",
    ),
    "kind": Bilingual("Expected {expected}, got {got}.", "应返回{expected}，实际是{got}。"),
    "shape": Bilingual(
        "Expected shape {expected}, got {got}.", "形状应为 {expected}，实际为 {got}。"
    ),
    "part": Bilingual("Value {index} of the result: ", "返回结果的第 {index} 个值："),
    "named_part": Bilingual("{name}: ", "{name}："),
    "keys": Bilingual("a dict with {names}", "含有 {names} 的字典"),
    "not_finite": Bilingual(
        "The result holds {value} at {place}.", "结果在 {place} 处出现 {value}。"
    ),
    "differs": Bilingual(
        "First difference at {place}: expected {expected}, got {got} ({count} of {size} differ).",
        "第一个不同在 {place}：应为 {expected}，实际为 {got}（共 {size} 个元素，{count} 个不同）。",
    ),
    "differs_scalar": Bilingual(
        "Expected {expected}, got {got}.", "应为 {expected}，实际为 {got}。"
    ),
    "expected": Bilingual("expected  {text}", "应为  {text}"),
    "got": Bilingual("got       {text}", "实际  {text}"),
    "dtype": Bilingual(
        "Expected dtype {expected}, got {got}.", "dtype 应为 {expected}，实际是 {got}。"
    ),
    "gradient": Bilingual(
        "Gradient by tensor argument {index}: ", "对第 {index} 个张量参数的梯度："
    ),
    "no_gradient": Bilingual(
        "the result does not depend on it in a way PyTorch can differentiate.",
        "结果与它之间没有 PyTorch 能求导的联系。",
    ),
    "call": Bilingual("Call: {text}", "调用：{text}"),
    "inputs": Bilingual("Inputs: {text}", "输入：{text}"),
    "an_array": Bilingual("an array", "数组"),
    "a_number": Bilingual("a number", "一个数"),
    "values": Bilingual("a sequence of length {count}", "长度为 {count} 的序列"),
    "a_value_of": Bilingual("a value of type {name}", "类型为 {name} 的值"),
    "nothing": Bilingual("nothing (no return value)", "空（没有返回值）"),
}
