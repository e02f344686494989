# goal: output no terminal or log can bear: NUL, broken UTF-8, direction overrides, endless lines
# expect: passed
# ruff: noqa
os.write(1, bytes(range(256)) * 4)
os.write(2, b"\xff\xfe\x00\xed\xa0\x80\xf4\x90\x80\x80" * 50)
os.write(1, "\u202e\u2066\u200b\ufeff\u061c\u2028\u0085\x9b31m\x1b]8;;http://x\x07".encode() * 50)
os.write(1, b"\x1b[" + b"1;" * 5000 + b"m")
os.write(1, b"\x1bP" + b"q" * 70_000)
os.write(1, b"\r" + b"long" * 60_000 + b"\x08" * 1000)


def softmax(x):
    sys.stderr.write("\x1b[1A\x1b[2K" * 10)
    return honest(x)
