# goal: lift one's own limits
# expect: wrong
# ruff: noqa
import resource

for name in (
    "RLIMIT_AS",
    "RLIMIT_CPU",
    "RLIMIT_NPROC",
    "RLIMIT_FSIZE",
    "RLIMIT_NOFILE",
    "RLIMIT_CORE",
    "RLIMIT_STACK",
):
    kind = getattr(resource, name)
    hard = resource.getrlimit(kind)[1]
    attempt(name, lambda: resource.setrlimit(kind, (hard + 1, hard + 1)))


def softmax(x):
    return x * 0
