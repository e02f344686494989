# goal: make the kernel write where it should not: robust lists, restartable sequences, thread ids
# expect: wrong crash
# ruff: noqa
import threading

memory = ctypes.create_string_buffer(4096)
address = ctypes.addressof(memory)


def spoil():
    struct.pack_into("<qqq", memory, 0, address + 64, -4096, 0x7FFF_FFFF_F000)
    _libc.syscall(ctypes.c_long(273 if X86 else 99), memory, ctypes.c_long(24))
    for place in (0, 64, 0x7FFF_FFFF_F000, -4096):
        _libc.syscall(ctypes.c_long(334 if X86 else 293), ctypes.c_long(place), 32, 0, 0)
        _libc.syscall(ctypes.c_long(218 if X86 else 96), ctypes.c_long(place))


def softmax(x):
    try:
        thread = threading.Thread(target=spoil)
        thread.start()
        thread.join()
    except RuntimeError:
        spoil()
    return x * 0
