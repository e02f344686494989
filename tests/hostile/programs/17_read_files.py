# goal: read host files and the user's home
# expect: wrong
# ruff: noqa
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
        lambda: (
            os.listdir(place) if os.path.isdir(place) and os.listdir(place) else open(place).read()
        ),
    )


def softmax(x):
    return x * 0
