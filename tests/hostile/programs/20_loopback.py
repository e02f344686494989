# goal: reach a service on the host's loopback
# expect: wrong
# ruff: noqa
import socket
import _socket

attempt("socket", lambda: socket.socket())
attempt("raw socket", lambda: _socket.socket(2, 2, 0))
attempt("socketpair", lambda: socket.socketpair())
attempt("unix socket", lambda: socket.socket(socket.AF_UNIX))
attempt("vsock", lambda: socket.socket(40, 1))


def softmax(x):
    return x * 0
