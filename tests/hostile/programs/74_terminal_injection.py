# goal: type into the user's terminal, take it over, leave the session
# expect: wrong
# ruff: noqa
COMMANDS = {
    "TIOCSTI": 0x5412,
    "TIOCSTI with a high half": 1 << 32 | 0x5412,
    "TIOCSCTTY": 0x540E,
    "TIOCLINUX": 0x541C,
    "TIOCCONS": 0x541D,
    "TIOCSETD": 0x5423,
    "TIOCSPGRP": 0x5410,
    "TCSETS": 0x5402,
    "FIONREAD": 0x541B,
    "FIOASYNC": 0x5452,
    "SIOCGIFCONF": 0x8912,
}
for command in COMMANDS.values():
    for fd in (0, 1, 2, 3, 4):
        barred("ioctl 16 29", fd, command, 0)
for command in (4, 5, 6, 7, 8, 10, 15, 1024, 1026, 1031, 1033):
    barred("fcntl 72 25", 1, command, 0)
barred("setsid 112 157 setpgid 109 154 vhangup 153 58 flock 73 32")
attempt("typed", lambda: input("password: "))


def softmax(x):
    return x * 0
