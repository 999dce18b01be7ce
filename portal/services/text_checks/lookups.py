"""Where the product's code and templates name texts, found without running anything.

A key is named whole ("goals.title") or by a pattern in which * stands for what is put in when the page is made
("goals.step.*").
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from i18n.texts import FOLDER
from portal.services.text_checks.in_code import in_code
from portal.services.text_checks.in_templates import in_template
from portal.services.text_checks.wordings import HOLE, Found

ROOT = FOLDER.parent
CODE = ("i18n", "messaging", "portal")
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


def named(areas: Iterable[str], root: Path = ROOT) -> Iterator[Named]:
    """Every name in the product that begins as a key of these areas does."""
    begins = tuple(f"{area}." for area in areas)
    for path, found in _files(root):
        place = path.relative_to(root).as_posix()
        for each in found:
            if each.text.startswith(begins) and _LIKE_A_KEY.fullmatch(each.text):
                pattern = each.text + HOLE * each.text.endswith(".")
                yield Named(f"{place}:{each.line}", pattern, each.asked, each.loose)


def _files(root: Path) -> Iterator[tuple[Path, Iterable[Found]]]:
    jinja = Environment(extensions=["jinja2.ext.loopcontrols"], autoescape=True)
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            yield path, in_code(ast.parse(path.read_text(encoding="utf-8")))
    for path in sorted((root / "templates").rglob("*.html")):
        yield path, in_template(jinja.parse(path.read_text(encoding="utf-8")))
    for path in sorted((root / "static").rglob("*.js")):
        yield path, _in_script(path.read_text(encoding="utf-8"))


def _in_script(source: str) -> Iterator[Found]:
    for number, line in enumerate(source.splitlines(), start=1):
        yield from (Found(number, text) for text in _IN_SCRIPT.findall(line))


def fitting(pattern: str, keys: Mapping[str, object]) -> list[str]:
    """The keys that a name stands for."""
    if HOLE not in pattern:
        return [pattern] if pattern in keys else []
    return [key for key in keys if holes(pattern).fullmatch(key)]


def holes(pattern: str) -> re.Pattern[str]:
    """Matches the keys that fit, with what is put into each hole as a group."""
    return re.compile(re.escape(pattern).replace(re.escape(HOLE), "([a-z0-9_.-]*)"))
