# goal: run other programs
# expect: wrong
# ruff: noqa
import subprocess

attempt("exec", lambda: os.execv(sys.executable, ["x"]))
attempt("execveat", lambda: syscall(322 if X86 else 281, -100, sys.executable.encode(), 0, 0, 0))
attempt("subprocess", lambda: subprocess.run(["/bin/true"]))
attempt("spawn", lambda: os.posix_spawn("/bin/sh", ["sh"], {}))
attempt("system", lambda: 1 / (os.system("true") == 0))


def softmax(x):
    return x * 0
