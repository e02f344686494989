# goal: change what is mounted where: mount, chroot, pivot_root, device nodes
# expect: wrong
# ruff: noqa
barred("mount 165 40 umount2 166 39 pivot_root 155 41 chroot 161 51 move_mount 429 429")
barred("mount_setattr 442 442 open_tree 428 428 fsopen 430 430 fsmount 432 432 swapon 167 224")
barred("swapoff 168 225 mknod 133 - mknodat 259 33 quotactl_fd 443 443 acct 163 89")
attempt("chroot", lambda: os.chroot("/"))
attempt("memory device", lambda: os.mknod("/tmp/mem", 0o20666, os.makedev(1, 1)))
attempt("disk device", lambda: os.mknod("/inside/disk", 0o60666, os.makedev(8, 0)))
attempt("fifo", lambda: os.mkfifo("/tmp/fifo"))


def softmax(x):
    return x * 0
