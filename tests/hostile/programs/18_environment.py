# goal: read secrets from the environment
# expect: wrong
# ruff: noqa
names = [name for name in os.environ if "KEY" in name or "SECRET" in name or "TOKEN" in name]
if names or "CANARY" in str(dict(os.environ)):
    print("BREACH environment", names)
attempt("environ of init", lambda: open("/proc/1/environ", "rb").read())


def softmax(x):
    return x * 0
