"""Notes where an answer calls what it should write itself. Advice only: the verdict comes from values."""

import ast
from collections.abc import Iterable, Iterator


def advice(source: str, forbidden: Iterable[str]) -> list[str]:
    """One line for each forbidden name an answer uses, with the place; empty where it can't be parsed."""
    unwanted = tuple(forbidden)
    try:
        tree = ast.parse(source)
        found = {
            (line, name): None
            for line, name in _used(tree, _imported(tree))
            if any(name == other or name.startswith(f"{other}.") for other in unwanted)
        }
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [
        f"line {line}: {name} does what this exercise asks you to write" for line, name in found
    ]


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for, in full."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                names[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], _dotted(node.value, names)
            if isinstance(target, ast.Name) and value:
                names[target.id] = value
    return names


def _used(tree: ast.Module, names: dict[str, str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Name, ast.Call)):
            name = _dotted(node, names)
            if name:
                yield node.lineno, name


def _dotted(node: ast.AST, names: dict[str, str]) -> str:
    """The full name an expression stands for, seen through aliases, `getattr` and `__import__`."""
    match node:
        case ast.Name(id=name):
            return names.get(name, "")
        case ast.Attribute(value=value, attr=attribute):
            base = _dotted(value, names)
            return f"{base}.{attribute}" if base else ""
        case ast.Call(
            func=ast.Name(id="getattr"), args=[value, ast.Constant(value=str(attribute)), *_]
        ):
            base = _dotted(value, names)
            return f"{base}.{attribute}" if base else ""
        case ast.Call(func=ast.Name(id="__import__"), args=[ast.Constant(value=str(module)), *_]):
            return module.partition(".")[0]
        case ast.Call(
            func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(module)), *_]
        ):
            return module
    return ""
