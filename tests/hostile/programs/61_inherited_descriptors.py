# goal: find a descriptor the harness left open
# expect: wrong
# ruff: noqa
found = []
for fd in range(3, 256):
    try:
        found.append((fd, oct(os.fstat(fd).st_mode)))
    except OSError:
        pass
if len(found) != 2 or any(not mode.startswith("0o1") for _, mode in found):
    print("BREACH descriptors", found)


def softmax(x):
    return x * 0
