# goal: find a descriptor the harness left open
# expect: wrong
# ruff: noqa
found = []
for fd in range(3, 256):
    try:
        found.append((fd, oct(os.fstat(fd).st_mode)))
    except OSError:
        pass
if [fd for fd, _ in found] != [3, 4, 5] or any(not mode.startswith("0o1") for _, mode in found):
    print("BREACH descriptors", found)
attempt("wrote to the lifeline", lambda: os.write(5, b"x"))
attempt("wrote to the requests", lambda: os.write(3, b"x"))
attempt("read the answers", lambda: os.read(4, 1))
attempt("looked behind a pipe", lambda: os.listdir("/proc/self/fd"))


def softmax(x):
    return x * 0
