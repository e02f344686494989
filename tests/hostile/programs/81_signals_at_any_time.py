# goal: break into the harness with interval timers whose handlers raise
# expect: wrong error protocol exited timeout crash
# ruff: noqa
import signal


def interrupt(number, place):
    if place is not None and place.f_code.co_name != "softmax":
        raise SystemExit(0)


barred("timer_create 222 107 timerfd_create 283 85 signalfd4 289 74 rt_sigqueueinfo 129 138")
for number in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF):
    signal.signal(number, interrupt)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
signal.setitimer(signal.ITIMER_VIRTUAL, 0.001, 0.001)


def softmax(x):
    return x * 0
