# goal: read host files and the user's home
# expect: wrong
# ruff: noqa
SHOWN = [sys.executable, *sys.path]


def foreign(folder):
    """What a folder holds besides the way to the interpreter and its packages."""
    names = os.listdir(folder)
    return [n for n in names if not any(p.startswith(os.path.join(folder, n)) for p in SHOWN)]


def read(place):
    if os.path.isdir(place):
        return foreign(place)[0]
    return open(place).read()


for place in (
    "/etc/passwd",
    "/etc/hostname",
    "/proc/self/environ",
    "/proc/1/environ",
    "/sys/kernel",
    "/root/.bashrc",
    "/home",
    "/var/log",
    "/tmp",
    "/run",
):
    attempt(
        "read " + place,
        lambda: read(place),
    )


def softmax(x):
    return x * 0
