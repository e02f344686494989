# goal: watch files, splice pipes, make nameless files and queues
# expect: wrong
# ruff: noqa
barred("inotify_init 253 - inotify_init1 294 26 fanotify_init 300 262 fanotify_mark 301 263")
barred("splice 275 76 tee 276 77 vmsplice 278 75 sendfile 40 71 copy_file_range 326 285")
barred("memfd_create 319 279 memfd_secret 447 447 userfaultfd 323 282 eventfd2 290 19")
barred("epoll_create1 291 20 signalfd4 289 74 timerfd_create 283 85 timer_create 222 107")
barred("mq_open 240 180 msgget 68 186 semget 64 190 shmget 29 194 shmat 30 196 msgsnd 69 189")
barred("io_uring_setup 425 425 io_uring_enter 426 426 io_uring_register 427 427 preadv 295 69")


def softmax(x):
    return x * 0
