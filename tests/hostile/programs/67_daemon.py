# goal: leave a daemon behind
# expect: wrong
# ruff: noqa
import concurrent.futures
import multiprocessing
import subprocess
import threading
import time


def double_fork():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)


def in_a_pool():
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        return pool.submit(os.getpid).result()


def stay():
    while True:
        time.sleep(0.01)


attempt("forked twice", double_fork)
attempt("process", lambda: multiprocessing.Process(target=time.sleep, args=(60,)).start())
attempt("pool", in_a_pool)
attempt("session", lambda: subprocess.Popen([sys.executable], start_new_session=True))
attempt("spawned", lambda: os.posix_spawn(sys.executable, ["python"], {}, setsid=True))
try:
    threading.Thread(target=stay).start()  # ends with the process
except RuntimeError:
    pass


barred("close 3 57 close_range 436 436", 5, 5, 0)
barred("dup2 33 - dup3 292 24", 0, 5, 0)
for command in (4, 8, 10, 15, 1026):  # who is told of the lifeline's end, and how
    barred("fcntl 72 25", 5, command, 0)


def softmax(x):
    return x * 0
