# goal: plant links where a harness would read results
# expect: wrong
# ruff: noqa
attempt("symlink", lambda: os.symlink("/etc/passwd", "/tmp/out"))
attempt("link", lambda: os.link("/inside/wire.py", "/inside/other.py"))
attempt("renamed", lambda: os.rename("/inside/wire.py", "/inside/other.py"))
attempt("removed", lambda: os.unlink("/inside/wire.py"))
attempt("changed mode", lambda: os.chmod("/inside/wire.py", 0o777))


def softmax(x):
    return x * 0
