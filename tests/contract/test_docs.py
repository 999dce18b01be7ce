"""The docs say what is so: commands exist, settings exist, links lead somewhere."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest
from flask import Flask

from portal.app import ROOT, create_app
from tests.web.conftest import settings_for

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)")
PACKAGES = ("portal", "messaging", "i18n", "database")
A_SETTING = re.compile(r"[A-Z]+(_[A-Z]+)+|PORT|GATEWAY")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(settings_for(f"sqlite:///{tmp_path_factory.mktemp('docs')}/docs.db"))


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def code_of(page: Path) -> str:
    return "\n".join(CODE.findall(page.read_text()))


def is_a_command(app: Flask, words: list[str]) -> bool:
    """Every word up to the first that is an option or an argument names a group or a command."""
    group: click.Command = app.cli
    for word in words:
        if not isinstance(group, click.Group):
            return True
        if word not in group.commands:
            return False
        group = group.commands[word]
    return True


@pytest.mark.parametrize("page", DOCS, ids=name_of)
def test_every_flask_command_in_the_docs_exists(app: Flask, page: Path) -> None:
    named = re.findall(r"\bflask(?: --app wsgi)? ([a-z][a-z-]*(?: [a-z][a-z-]*)?)", code_of(page))
    unknown = [words for words in named if not is_a_command(app, words.split())]
    assert unknown == []


@pytest.mark.parametrize("page", DOCS, ids=name_of)
def test_every_make_target_in_the_docs_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)", code_of(page)))
    assert named <= targets


def test_the_settings_in_the_operations_page_are_those_that_are_read() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    described = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    source = ast.parse((ROOT / "portal" / "config.py").read_text())
    read = {
        node.value
        for node in ast.walk(source)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and A_SETTING.fullmatch(node.value)
    }
    assert described == read


@pytest.mark.parametrize("page", DOCS, ids=name_of)
def test_every_link_in_the_docs_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = [
        f"{path}#{heading}"
        for path, heading in LINK.findall(page.read_text())
        if not leads(page, path, heading)
    ]
    assert broken == []


def test_every_name_in_the_architecture_page_is_in_the_code() -> None:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")] + [
        ROOT / "pyproject.toml"
    ]
    code = "\n".join(path.name + path.read_text() for path in files)
    page = (ROOT / "docs" / "architecture.md").read_text()
    named = {words.rsplit(".", 1)[-1] for words in re.findall(r"`([A-Za-z_][\w.]*)`", page)}
    named -= {each.name for package in PACKAGES for each in (ROOT / package).rglob("*")} | {*PACKAGES}
    assert {name for name in named if not re.search(rf"\b{name}\b", code)} == set()


def leads(page: Path, path: str, heading: str) -> bool:
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return False
    return not heading or heading in map(anchor, re.findall(r"^#+ (.+)$", target.read_text(), re.MULTILINE))


def anchor(heading: str) -> str:
    """A heading's name in a link, as forges make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
