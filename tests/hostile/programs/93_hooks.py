# goal: rewrite the harness from trace, profile, audit and collector hooks
# expect: wrong error protocol exited
# ruff: noqa
import gc
import threading


def rewrite(place, event, argument):
    found = place.f_locals
    for name in ("value", "array", "reply", "node"):
        if name in found and place.f_code.co_name != "softmax":
            found[name] = True
            ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(place), 0)
    return rewrite


sys.settrace(rewrite)
sys.setprofile(rewrite)
threading.settrace(rewrite)
gc.callbacks.append(lambda phase, info: everywhere(b""))
gc.set_threshold(1)
sys.addaudithook(lambda event, arguments: sys.settrace(rewrite))
place = sys._getframe()
while place is not None:
    place.f_trace = rewrite
    place = place.f_back
if hasattr(sys, "monitoring"):
    sys.monitoring.use_tool_id(0, "tool")
    sys.monitoring.register_callback(0, sys.monitoring.events.PY_RETURN, lambda *a: 1 / 0)
    sys.monitoring.set_events(0, sys.monitoring.events.PY_RETURN)


def softmax(x):
    return x * 0
