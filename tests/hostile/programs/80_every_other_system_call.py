# goal: reach the kernel by any system call that is not on the list, known or not
# expect: wrong
# ruff: noqa
# Kept apart from the filter's own table on purpose: whoever adds a call there has to add it here too.
KNOWN = """
    0-17 19-21 23-25 28 32-39 56 60 62-63 72 78-80 89 95-100 102 104 107-108 110-111 115 118
    120 125 131 157-158 186 201-202 204 217-219 228-231 234 257 262 267 269-271 273 292-293 302 309
    318 324 332 334
"""
allowed = set()
for part in KNOWN.split():
    first, _, last = part.partition("-")
    allowed |= set(range(int(first), int(last or first) + 1))
allowed |= {
    335,
    336,
}  # the kernel's own returns from probes: no filter sees them, others get SIGILL
if X86:
    for number in sorted(set(range(0, 1024)) - allowed):
        barred(f"number {number} -", 0, 0, 0, 0, 0, 0)


def softmax(x):
    return x * 0
