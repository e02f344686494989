# goal: patch the interpreter's own code below the harness through ctypes
# expect: protocol crash exited
# ruff: noqa
BYTES = ctypes.PYFUNCTYPE(
    ctypes.py_object, ctypes.py_object, ctypes.POINTER(ctypes.py_object), ctypes.c_ssize_t
)


def forged(module, arguments, count):
    data = bytes(arguments[1]).replace(b'"id"', b'"passed": true, "di"')
    header = struct.unpack(">4sIQ", data[:16])
    text = len(data) - 16 - header[2]
    return _libc.write(
        arguments[0], struct.pack(">4sIQ", b"CRF1", text, header[2]) + data[16:], len(data)
    )


replacement = BYTES(forged)
method = ctypes.c_void_p.from_address(id(os.write) + 16).value
place = ctypes.c_void_p.from_address(method + 8)


def softmax(x):
    place.value = ctypes.cast(replacement, ctypes.c_void_p).value
    return x * 0
