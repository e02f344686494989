# goal: talk to host daemons: abstract unix sockets, netlink, packet, vsock and every other family
# expect: wrong
# ruff: noqa
import socket


def talk(name):
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(name)


for name in ("\0/tmp/.X11-unix/X0", "/run/dbus/system_bus_socket", "/var/run/docker.sock"):
    attempt("connected to " + name.strip("\0"), lambda: talk(name))
for family in range(50):
    for kind in (1, 2, 3, 5):
        barred("socket 41 198", family, kind, 0)
barred("socketpair 53 199 connect 42 203 accept 43 202 accept4 288 242 bind 49 200 listen 50 201")
barred("sendto 44 206 recvfrom 45 207 sendmsg 46 211 recvmsg 47 212 sendmmsg 307 269")
barred("recvmmsg 299 243 shutdown 48 210 setsockopt 54 208 getsockopt 55 209 getpeername 52 205")


def softmax(x):
    return x * 0
