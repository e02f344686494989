# goal: learn whose machine this is: host name, users, other processes, terminals
# expect: wrong
# ruff: noqa
import getpass
import glob
import socket

attempt("user name", lambda: getpass.getuser())
attempt("users", lambda: open("/etc/passwd").read())
attempt("session", lambda: os.getlogin())
attempt("terminal", lambda: os.ttyname(0))
attempt("machine id", lambda: open("/etc/machine-id").read())
attempt("kernel's options", lambda: open("/proc/cmdline").read())
attempt("mounts", lambda: open("/proc/self/mountinfo").read())
attempt("processes", lambda: 1 / len([p for p in glob.glob("/proc/[0-9]*") if open(p + "/stat")]))
attempt("supplementary groups", lambda: os.setgroups([]))
if {os.path.expanduser("~"), os.environ.get("PWD", "/")} != {"/"}:
    _say("BREACH home", os.path.expanduser("~"))
if any(name in os.environ for name in ("USER", "LOGNAME", "SSH_CONNECTION", "PATH", "SHELL")):
    _say("BREACH environment", list(os.environ))


def softmax(x):
    return x * 0
