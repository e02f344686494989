# goal: fill the disk
# expect: wrong
# ruff: noqa
import tempfile


def fill(place):
    with open(place, "wb") as file:
        while True:
            file.write(b"x" * 1_000_000)


for place in ("/fill", "/tmp/fill", "/var/tmp/fill", "/dev/shm/fill", "/inside/fill", "fill"):
    attempt("filled " + place, lambda: fill(place))
attempt("temporary file", lambda: tempfile.TemporaryFile())
attempt("file without a name", lambda: os.open("/", os.O_TMPFILE | os.O_RDWR))
attempt("sparse file", lambda: os.truncate(os.__file__, 1 << 40))
barred("fallocate 285 47 ftruncate 77 46 truncate 76 45 creat 85 - pwrite64 18 68 pwritev 296 70")


def softmax(x):
    return x * 0
