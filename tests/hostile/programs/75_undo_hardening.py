# goal: take back what was given up: dumpable, no_new_privs, seccomp (TSYNC), capabilities, users
# expect: wrong
# ruff: noqa
ALLOWED = (15, 16)  # a thread's own name
for option in range(80):
    if option not in ALLOWED:
        barred("prctl 157 167", option, 0, 0, 0, 0)
for option in (0x59616D61, 0x53564D41, 1 << 32 | 38):
    barred("prctl 157 167", option, -1, 0, 0, 0)
for operation in (0, 1, 2, 3):
    for flags in (0, 1, 4, 8, 16):
        barred("seccomp 317 277", operation, flags, 0)
barred("capset 126 91 setuid 105 146 setgid 106 144 setreuid 113 145 setregid 114 143")
barred("setresuid 117 147 setresgid 119 149 setfsuid 122 151 setfsgid 123 152 setgroups 116 159")
barred("landlock_create_ruleset 444 444 landlock_add_rule 445 445 landlock_restrict_self 446 446")
barred("personality 135 92 unshare 272 97 setns 308 268 setrlimit 160 164")


def softmax(x):
    return x * 0
