# goal: claim the processors: affinity, real-time priority, memory policy
# expect: wrong
# ruff: noqa
barred("sched_setaffinity 203 122 sched_setscheduler 144 119 sched_setparam 142 118")
barred("sched_setattr 314 274 setpriority 141 140 ioprio_set 251 30 mbind 237 235")
barred("set_mempolicy 238 237 mlock 149 228 mlock2 325 284 mlockall 151 230 munlockall 152 231")
attempt("pinned", lambda: os.sched_setaffinity(0, {0}))
attempt("real time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)))
attempt("nicer", lambda: os.nice(-20))


def softmax(x):
    return x * 0
