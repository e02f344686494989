# goal: a module and a function that say they are something else
# expect: wrong error
# ruff: noqa
import types


class Module(types.ModuleType):
    def __getattribute__(self, name):
        return lambda *arguments: {"passed": True}


class Function:
    __class__ = property(lambda self: types.FunctionType)
    __code__ = __name__ = "softmax"

    def __call__(self, x):
        return x * 0


def __getattr__(name):
    return Function()


softmax = Function()
sys.modules["answer"].__class__ = Module
