# goal: exhaust inodes and kernel memory with empty files
# expect: wrong
# ruff: noqa
for folder in ("/", "/tmp", "/dev", "/inside", os.path.dirname(os.__file__)):
    for number in range(20):
        name = os.path.join(folder, f"empty{number}")
        attempt("made " + name, lambda: os.close(os.open(name, os.O_CREAT | os.O_EXCL)))
barred("mkdir 83 - mkdirat 258 34 mknod 133 - mknodat 259 33 symlink 88 - symlinkat 266 36")
barred("link 86 - linkat 265 37 rename 82 - renameat2 316 276 unlink 87 - unlinkat 263 35")
barred("chmod 90 - chown 92 - setxattr 188 5 utimensat 280 88 sync 162 81 syncfs 306 267")


def softmax(x):
    return x * 0
