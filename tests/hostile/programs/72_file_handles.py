# goal: open files past their names: handles, detached trees, other ways to open
# expect: wrong
# ruff: noqa
barred("name_to_handle_at 303 264 open_by_handle_at 304 265 openat2 437 437 open_tree 428 428")
barred("fsopen 430 430 fspick 433 433 fsmount 432 432 fsconfig 431 431 uselib 134 -")
barred("statfs 4096 4096 ustat 136 - quotactl 179 60 faccessat2 439 439 chroot 161 51")
barred("fchdir 81 50 io_uring_setup 425 425 io_setup 206 0 io_submit 209 2")
for place in ("..", "/proc/self/root", "/proc/self/cwd/..", "/proc/1/root", "/dev/fd/0/.."):
    attempt("read " + place, lambda: open(os.path.join(place, "etc/passwd")).read())


def softmax(x):
    return x * 0
