"""How templates name texts."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from portal.services.text_checks.wordings import ANY, ASKS, HOLE, NAMES_NO_TEXT, Found, added, joined


def in_template(tree: nodes.Template) -> Iterator[Found]:
    inner, page = set[int](), _Template(tree)
    for node in _walk(tree):
        called = _name_of(node.node) if isinstance(node, nodes.Call) and node.args else ""
        if isinstance(node, nodes.Call) and called in ASKS | NAMES_NO_TEXT:
            inner.add(id(node.args[0]))
            wordings = _said(node.args[0], inner)
            yield from (
                Found(node.lineno, text, True, page.loose(node)) for text in wordings if called in ASKS
            )
        elif isinstance(node, nodes.Expr) and id(node) not in inner:
            yield from (Found(node.lineno, text) for text in _said(node, inner))


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _name_of(function: nodes.Node) -> str:
    return function.attr if isinstance(function, nodes.Getattr) else getattr(function, "name", "")


def _said(node: nodes.Node, inner: set[int]) -> list[str]:
    match node:
        case nodes.Const(value=str(text)):
            return [text]
        case nodes.Concat(nodes=parts):
            return joined([_said_or_hole(part, inner) for part in parts])
        case nodes.Add(left=left, right=right):
            return added(*(_said_or_hole(each, inner) for each in (left, right)))
        case nodes.CondExpr(expr1=body, expr2=orelse) if orelse is not None:
            return [text for each in (body, orelse) for text in _said_or_hole(each, inner)]
    return []


def _said_or_hole(node: nodes.Node, inner: set[int]) -> list[str]:
    wordings = _said(node, inner)
    inner.update((id(node),) if wordings else ())
    return wordings or [HOLE]


class _Template:
    """What a template's own names hold, as far as it says."""

    def __init__(self, tree: nodes.Template) -> None:
        self._set: dict[str, list[nodes.Node]] = {}
        for each in tree.find_all(nodes.Assign):
            self._set_all(each.target, each.node)
        self._macros = {macro.name for macro in tree.find_all(nodes.Macro)}
        for brought in tree.find_all(nodes.FromImport):
            self._macros |= {name if isinstance(name, str) else name[1] for name in brought.names}

    def _set_all(self, target: nodes.Node, value: nodes.Node) -> None:
        if isinstance(target, nodes.Name):
            self._set.setdefault(target.name, []).append(value)
        elif isinstance(target, nodes.Tuple) and isinstance(value, nodes.Tuple):
            for each, given in zip(target.items, value.items, strict=False):
                self._set_all(each, given)

    def loose(self, call: nodes.Call) -> frozenset[str]:
        loose = {each.key for each in call.kwargs if not self._is_kept_apart(each.value)}
        return frozenset(loose | ({ANY} if call.dyn_kwargs else set()))

    def _is_kept_apart(self, value: nodes.Node) -> bool:
        """As ``_is_kept_apart`` of code; what a macro makes is marked up by it."""
        match value:
            case nodes.Call(node=nodes.Name(name=name)):
                return name in {"isolate", "phone_number", *ASKS, *self._macros}
            case nodes.Call(
                node=nodes.Getattr(attr="isolate") | nodes.Getattr(node=nodes.Name(name="texts"))
            ):
                return True
            case nodes.CondExpr(expr1=body, expr2=orelse):
                return self._is_kept_apart(body) and (orelse is None or self._is_kept_apart(orelse))
            case nodes.Name(name=name):
                return name in self._set and all(map(self._is_kept_apart, self._set[name]))
            case nodes.Filter(node=filtered, name="capitalize") if filtered is not None:
                return self._is_kept_apart(filtered)
            case nodes.Const(value=said):
                return not (isinstance(said, str) and any(map(str.isalnum, said)))
        return False
