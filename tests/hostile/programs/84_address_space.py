# goal: more memory than allowed by mremap, MAP_GROWSDOWN, locked or huge pages, alignment, the break
# expect: wrong
# ruff: noqa
import mmap

import numpy as np

_libc.mmap.restype = _libc.mremap.restype = _libc.sbrk.restype = ctypes.c_ssize_t
BIG = ctypes.c_size_t(2 << 30)
KINDS = {"plain": 0, "growing down": 0x100, "locked": 0x2000, "unreserved": 0x4000}
KINDS |= {"huge pages": 0x40000, "populated": 0x8000, "a stack": 0x20000}


def mapped(flags, protection=3):
    result = _libc.mmap(None, BIG, protection, 0x22 | flags, -1, ctypes.c_long(0))
    return 1 / (result != -1)


def grown():
    small = _libc.mmap(None, ctypes.c_size_t(4096), 3, 0x22, -1, ctypes.c_long(0))
    return 1 / (_libc.mremap(ctypes.c_void_p(small), ctypes.c_size_t(4096), BIG, 1) != -1)


for name, flags in KINDS.items():
    attempt("mapped " + name, lambda: mapped(flags))
    attempt("reserved " + name, lambda: mapped(flags, protection=0))
attempt("remapped", grown)
attempt("break", lambda: 1 / (_libc.sbrk(BIG) != -1))
attempt("aligned", lambda: 1 / bool(_libc.aligned_alloc(ctypes.c_size_t(1 << 30), BIG)))
attempt("shared", lambda: mmap.mmap(-1, 2 << 30))
attempt("array", lambda: np.empty(1 << 28))
barred("mlock 149 228 mlock2 325 284 mlockall 151 230 remap_file_pages 216 234")


def softmax(x):
    return x * 0
