# goal: read the cases and solutions from the installed packages
# expect: wrong
# ruff: noqa
for name in ("coach", "corpus", "corpus.exercises", "eval", "tui"):
    attempt(
        "imported " + name,
        lambda: __import__(name).__path__[0] and os.listdir(__import__(name).__path__[0])[0],
    )
found = []
for top in ("/", *sys.path):
    for folder, folders, files in os.walk(top):
        found += [
            os.path.join(folder, f)
            for f in files
            if f in ("solution.py", "cases.py", "exercise.toml", "practice.py")
        ]
own = [f for f in found if "exercises" in f or "/coach/" in f]
if own:
    print("BREACH", own[:3])


def softmax(x):
    return x * 0
