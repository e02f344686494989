# goal: open io_uring, bpf, perf, keyring, userfaultfd and their like
# expect: wrong
# ruff: noqa
numbers = (
    425,
    321,
    298,
    250,
    248,
    323,
    319,
    29,
    68,
    64,
    135,
    155,
    175,
    246,
    304,
    447,
    424,
    434,
    438,
    444,
)
arm = (
    425,
    280,
    241,
    219,
    217,
    282,
    279,
    194,
    186,
    190,
    92,
    41,
    105,
    104,
    265,
    447,
    424,
    434,
    438,
    444,
)
for number in numbers if X86 else arm:
    attempt(f"system call {number}", lambda: syscall(number, 0, 0, 0, 0, 0))


def softmax(x):
    return x * 0
