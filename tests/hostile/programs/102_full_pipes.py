# goal: fill the kernel's memory with pipes nobody reads
# expect: wrong
# ruff: noqa
pipes = []
try:
    while len(pipes) < 1000:
        pipes.append(os.pipe())
        barred("fcntl 72 25", pipes[-1][1], 1031, 1 << 20)
        os.write(pipes[-1][1], b"x" * 65_536)
except OSError as error:
    print("stopped after", len(pipes), error)
if len(pipes) > 32:
    _say("BREACH", len(pipes), "pipes")


def softmax(x):
    return x * 0
