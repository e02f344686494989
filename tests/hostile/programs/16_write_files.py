# goal: write files anywhere
# expect: wrong
# ruff: noqa
for place in (
    "/",
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/dev",
    "/inside",
    "/usr/lib",
    os.getcwd(),
    os.path.dirname(os.__file__),
):
    attempt("wrote " + place, lambda: open(place + "/owned", "w"))
    attempt("made folder " + place, lambda: os.mkdir(place + "/owned"))
attempt("changed urandom", lambda: open("/dev/urandom", "r+b"))


def softmax(x):
    return x * 0
