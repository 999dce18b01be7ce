"""Which texts the product's code and templates name: so that none lies unused, and none is asked for in vain.

Found without running anything. A key is named whole ("goals.title") or by a pattern in which * stands for what is
put in when the page is made ("goals.step.*"). A pattern names each key that fits it, if what is put in is a word that
the product's own files know, or is made as ``COMPOSED`` says.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from jinja2 import Environment, nodes

from i18n.texts import FOLDER

ROOT = FOLDER.parent
CODE = ("i18n", "messaging", "portal")
KNOWS = ("i18n", "messaging", "portal", "templates")
HOLE = "*"
ASKS = frozenset({"t", "t_plain", "texts", "html", "html_and_lang"})
"""What is called with a key."""
NAMES_NO_TEXT = frozenset({"url_for", "startswith"})
"""What is called with names of views, which look like keys."""
COMPOSED = {
    "glossary.*": "each word that is explained",
    "sms.*_with_word": "each SMS, for who has chosen a word of her own",
    "translator.problem.page_*": "what is found in a text, found in its page",
}
"""Keys that are put together from parts, and from which."""
_MOST = 50
"""Of an expression with more wordings than these, what is put in is a hole."""
_WORD = re.compile(r"[a-z0-9_]+")
_STRING = re.compile(r"""["'`]([a-z_]+\.[a-z0-9_.]*)["'`]""")


@dataclass(frozen=True)
class Named:
    """A text that looks like a key, or like one with holes, at a place ("portal/web/live.py:12"); ``asked``: it is
    surely a key, because it is looked up there."""

    place: str
    pattern: str
    asked: bool = False

    @property
    def is_whole(self) -> bool:
        return HOLE not in self.pattern


@dataclass(frozen=True)
class Usage:
    """``unused`` keys, and the names whose text there is not."""

    unused: tuple[str, ...]
    dangling: tuple[Named, ...]


_Fits = Callable[[str], re.Match[str] | None]


def usage(keys: Iterable[str], named: Iterable[Named], words: Collection[str]) -> Usage:
    """What of the keys nothing names, and what is named and is no key. ``words``: what may be put into a pattern."""
    known, found = frozenset(keys), tuple(named)
    whole = {each.pattern for each in found if each.is_whole}
    patterns = {each.pattern: _fits(each.pattern) for each in found if not each.is_whole}
    composed = [_fits(pattern) for pattern in COMPOSED]
    rest = (key for key in sorted(known - whole) if not any(fits(key) for fits in composed))
    unused = (key for key in rest if not any(_puts_in(fits(key), words) for fits in patterns.values()))
    return Usage(tuple(unused), tuple(each for each in found if _is_dangling(each, known, patterns)))


def _puts_in(match: re.Match[str] | None, words: Collection[str]) -> bool:
    parts = (part for hole in match.groups() for part in hole.split(".") if part) if match else ()
    return match is not None and all(part in words for part in parts)


def _is_dangling(named: Named, known: frozenset[str], patterns: Mapping[str, _Fits]) -> bool:
    """Elsewhere than in a look-up two parts may be the name of a view or of an action, and how keys begin may be
    told; three parts are else a key."""
    if not named.asked and (named.pattern.count(".") < 2 or any(key.startswith(named.pattern) for key in known)):
        return False
    if named.is_whole:
        return named.pattern not in known
    return not any(patterns[named.pattern](key) for key in known)


def _fits(pattern: str) -> _Fits:
    return re.compile(re.escape(pattern).replace(re.escape(HOLE), "([a-z0-9_.-]*)")).fullmatch


def known_words(root: Path = ROOT) -> frozenset[str]:
    """Every word of the product's own files, in small letters: names of constants are keys in small letters."""
    paths = (path for folder in KNOWS for path in (root / folder).rglob("*") if path.suffix in {".py", ".html", ".md"})
    return frozenset(word for path in paths for word in _WORD.findall(path.read_text(encoding="utf-8").lower()))


def names(areas: Iterable[str], root: Path = ROOT) -> Iterator[Named]:
    """Every name in the product that begins as a key of these areas does."""
    begins = tuple(f"{area}." for area in areas)
    for path, strings in _files(root):
        place = path.relative_to(root).as_posix()
        for line, text, asked in strings:
            if text.startswith(begins) and re.fullmatch(r"[a-z0-9_.*-]+", text):
                yield Named(f"{place}:{line}", text + HOLE * text.endswith("."), asked)


_Found = tuple[int, str, bool]


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
        yield from ((number, text, False) for text in _STRING.findall(line))


def _in_python(tree: ast.AST) -> Iterator[_Found]:
    inner: set[int] = set()
    for node in ast.walk(tree):  # from the outside in
        if isinstance(node, ast.Call) and node.args and (called := _called(node.func)) in ASKS | NAMES_NO_TEXT:
            inner.add(id(node.args[0]))
            wordings = _python(node.args[0], inner)
            yield from ((node.lineno, text, True) for text in wordings if called in ASKS)
        elif isinstance(node, ast.expr) and id(node) not in inner:
            yield from ((node.lineno, text, False) for text in _python(node, inner))


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _python(node: ast.expr, inner: set[int]) -> list[str]:
    """The wordings of an expression; [] when it is no text. What belongs to it is put into ``inner``."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return _joined([_part(part, inner) for part in parts])
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            parts = [_python_or_hole(each, inner) for each in (left, right)]
            return _joined(parts) if parts[0] != [HOLE] else []
        case ast.IfExp(body=body, orelse=orelse):
            return [text for each in (body, orelse) for text in _python_or_hole(each, inner)]
    return []


def _part(node: ast.expr, inner: set[int]) -> list[str]:
    return _python_or_hole(node.value if isinstance(node, ast.FormattedValue) else node, inner)


def _python_or_hole(node: ast.expr, inner: set[int]) -> list[str]:
    wordings = _python(node, inner)
    if wordings:
        inner.add(id(node))
    return wordings or [HOLE]


def _in_template(tree: nodes.Template) -> Iterator[_Found]:
    inner: set[int] = set()
    for node in _walk(tree):
        if isinstance(node, nodes.Call) and node.args and (called := _calls(node.node)) in ASKS | NAMES_NO_TEXT:
            inner.add(id(node.args[0]))
            wordings = _template(node.args[0], inner)
            yield from ((node.lineno, text, True) for text in wordings if called in ASKS)
        elif isinstance(node, nodes.Expr) and id(node) not in inner:
            yield from ((node.lineno, text, False) for text in _template(node, inner))


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _calls(function: nodes.Node) -> str:
    return function.attr if isinstance(function, nodes.Getattr) else getattr(function, "name", "")


def _template(node: nodes.Node, inner: set[int]) -> list[str]:
    match node:
        case nodes.Const(value=str(text)):
            return [text]
        case nodes.Concat(nodes=parts):
            return _joined([_template_or_hole(part, inner) for part in parts])
        case nodes.Add(left=left, right=right):
            parts = [_template_or_hole(each, inner) for each in (left, right)]
            return _joined(parts) if parts[0] != [HOLE] else []
        case nodes.CondExpr(expr1=body, expr2=orelse) if orelse is not None:
            return [text for each in (body, orelse) for text in _template_or_hole(each, inner)]
    return []


def _template_or_hole(node: nodes.Node, inner: set[int]) -> list[str]:
    wordings = _template(node, inner)
    if wordings:
        inner.add(id(node))
    return wordings or [HOLE]


def _joined(parts: list[list[str]]) -> list[str]:
    number = 1
    for part in parts:
        number *= len(part)
    if number > _MOST:
        parts = [part if len(part) == 1 else [HOLE] for part in parts]
    return ["".join(each) for each in product(*parts)]
