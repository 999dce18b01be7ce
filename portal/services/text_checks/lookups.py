"""Where the product's code and templates name texts, found without running anything.

A key is named whole ("goals.title") or by a pattern in which * stands for what is put in when the page is made
("goals.step.*").
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path

from jinja2 import Environment, nodes

from i18n.texts import FOLDER

ROOT = FOLDER.parent
CODE = ("i18n", "messaging", "portal")
HOLE = "*"
ANY = "**"
"""Among the loose values: whatever else the text asks for."""
ASKS = frozenset({"t", "t_plain", "texts", "html", "html_and_lang", "letter", "words"})
"""What is called with a key."""
NAMES_NO_TEXT = frozenset({"url_for", "startswith"})
"""What is called with names of views, which look like keys."""
_MOST = 50
"""Of an expression with more wordings than these, what is put in is a hole."""
_IN_SCRIPT = re.compile(r"""["'`]([a-z_]+\.[a-z0-9_.]*)["'`]""")
_LIKE_A_KEY = re.compile(r"[a-z0-9_.*-]+")


@dataclass(frozen=True)
class Named:
    """A text that looks like a key, or like one with holes, at a place ("portal/web/live.py:12").

    ``asked``: it is surely a key, because it is looked up there. ``loose``: the values that are put into it as they
    come, neither kept apart from the sentence around them nor made by the reader's language.
    """

    place: str
    pattern: str
    asked: bool = False
    loose: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        return HOLE not in self.pattern


@dataclass(frozen=True)
class _Found:
    line: int
    text: str
    asked: bool = False
    loose: frozenset[str] = frozenset()


def named(areas: Iterable[str], root: Path = ROOT) -> Iterator[Named]:
    """Every name in the product that begins as a key of these areas does."""
    begins = tuple(f"{area}." for area in areas)
    for path, found in _files(root):
        place = path.relative_to(root).as_posix()
        for each in found:
            if each.text.startswith(begins) and _LIKE_A_KEY.fullmatch(each.text):
                pattern = each.text + HOLE * each.text.endswith(".")
                yield Named(f"{place}:{each.line}", pattern, each.asked, each.loose)


def _files(root: Path) -> Iterator[tuple[Path, Iterable[_Found]]]:
    jinja = Environment(extensions=["jinja2.ext.loopcontrols"], autoescape=True)
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            yield path, _in_python(ast.parse(path.read_text(encoding="utf-8")))
    for path in sorted((root / "templates").rglob("*.html")):
        yield path, _in_template(jinja.parse(path.read_text(encoding="utf-8")))
    for path in sorted((root / "static").rglob("*.js")):
        yield path, _in_script(path.read_text(encoding="utf-8"))


def _in_script(source: str) -> Iterator[_Found]:
    for number, line in enumerate(source.splitlines(), start=1):
        yield from (_Found(number, text) for text in _IN_SCRIPT.findall(line))


def _in_python(tree: ast.AST) -> Iterator[_Found]:
    inner: set[int] = set()
    for node in ast.walk(tree):  # from the outside in
        called = _called(node.func) if isinstance(node, ast.Call) and node.args else ""
        if isinstance(node, ast.Call) and called in ASKS | NAMES_NO_TEXT:
            inner.add(id(node.args[0]))
            wordings = _wordings(node.args[0], inner)
            yield from (_Found(node.lineno, text, True, _loose(node)) for text in wordings if called in ASKS)
        elif isinstance(node, ast.expr) and id(node) not in inner:
            yield from (_Found(node.lineno, text) for text in _wordings(node, inner))


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
            return _joined([_wordings_or_hole(getattr(part, "value", part), part, inner) for part in parts])
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _added(*(_wordings_or_hole(each, each, inner) for each in (left, right)))
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


def _in_template(tree: nodes.Template) -> Iterator[_Found]:
    inner, page = set[int](), _Template(tree)
    for node in _walk(tree):
        called = _name_of(node.node) if isinstance(node, nodes.Call) and node.args else ""
        if isinstance(node, nodes.Call) and called in ASKS | NAMES_NO_TEXT:
            inner.add(id(node.args[0]))
            wordings = _said(node.args[0], inner)
            yield from (
                _Found(node.lineno, text, True, page.loose(node)) for text in wordings if called in ASKS
            )
        elif isinstance(node, nodes.Expr) and id(node) not in inner:
            yield from (_Found(node.lineno, text) for text in _said(node, inner))


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
            return _joined([_said_or_hole(part, inner) for part in parts])
        case nodes.Add(left=left, right=right):
            return _added(*(_said_or_hole(each, inner) for each in (left, right)))
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
                return name in {"isolate", *ASKS, *self._macros}
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


def _added(left: list[str], right: list[str]) -> list[str]:
    return _joined([left, right]) if left != [HOLE] else []


def _joined(parts: list[list[str]]) -> list[str]:
    if prod(map(len, parts)) > _MOST:
        parts = [part if len(part) == 1 else [HOLE] for part in parts]
    return ["".join(each) for each in product(*parts)]


def fitting(pattern: str, keys: Mapping[str, object]) -> list[str]:
    """The keys that a name stands for."""
    if HOLE not in pattern:
        return [pattern] if pattern in keys else []
    return [key for key in keys if holes(pattern).fullmatch(key)]


def holes(pattern: str) -> re.Pattern[str]:
    """Matches the keys that fit, with what is put into each hole as a group."""
    return re.compile(re.escape(pattern).replace(re.escape(HOLE), "([a-z0-9_.-]*)"))
