"""How Python names texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from portal.services.text_checks.wordings import ANY, ASKS, HOLE, NAMES_NO_TEXT, Found, added, joined


def in_code(tree: ast.AST) -> Iterator[Found]:
    inner: set[int] = set()
    for node in ast.walk(tree):  # from the outside in
        called = _called(node.func) if isinstance(node, ast.Call) and node.args else ""
        if isinstance(node, ast.Call) and called in ASKS | NAMES_NO_TEXT:
            inner.add(id(node.args[0]))
            wordings = _wordings(node.args[0], inner)
            yield from (Found(node.lineno, text, True, _loose(node)) for text in wordings if called in ASKS)
        elif isinstance(node, ast.expr) and id(node) not in inner:
            yield from (Found(node.lineno, text) for text in _wordings(node, inner))


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Call):  # texts_of(her)("goals.title")
        return _called(function.func)
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _wordings(node: ast.expr, inner: set[int]) -> list[str]:
    """What an expression can say; [] when it is no text. What belongs to it is put into ``inner``."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return joined([_wordings_or_hole(getattr(part, "value", part), part, inner) for part in parts])
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return added(*(_wordings_or_hole(each, each, inner) for each in (left, right)))
        case ast.IfExp(body=body, orelse=orelse):
            return [text for each in (body, orelse) for text in _wordings_or_hole(each, each, inner)]
    return []


def _wordings_or_hole(value: object, part: ast.expr, inner: set[int]) -> list[str]:
    """``value`` is what stands in the braces of an f-string, or the part itself."""
    node = value if isinstance(value, ast.expr) else part
    wordings = _wordings(node, inner)
    inner.update((id(node), id(part)) if wordings else ())
    return wordings or [HOLE]


def _loose(call: ast.Call) -> frozenset[str]:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    spread = [keyword.value for keyword in call.keywords if keyword.arg is None]
    loose = {name for name, value in given.items() if name and not _is_kept_apart(value)}
    if spread and not any("isolate(" in ast.unparse(each) for each in spread):
        loose.add(ANY)
    return frozenset(loose)


def _is_kept_apart(value: ast.expr) -> bool:
    """Isolated, a text or a date in the reader's language, or a number."""
    match value:
        case ast.Call(func=ast.Attribute(attr="isolate") | ast.Attribute(value=ast.Name(id="texts"))):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="texts")))):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in ASKS
        case ast.Constant(value=said):
            return not isinstance(said, str)
    return False
