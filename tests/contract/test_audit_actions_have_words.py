"""What the audit log holds can be read: each action that the code records has its words in the catalog."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from i18n.texts import shipped_catalogs

PORTAL = Path(__file__).resolve().parents[2] / "portal"
RECORDERS = {"record", "record_each", "_record", "reach", "Reading"}
ACTION = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def actions_in(source: str) -> Iterator[str]:
    """String constants of an action's shape in calls that record, and in what is kept as ``action``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in RECORDERS:
            parts: list[ast.expr] = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif isinstance(node, ast.Assign) and "action" in map(_name, node.targets):
            parts = [node.value]
        else:
            continue
        for constant in (each for part in parts for each in ast.walk(part)):
            if isinstance(constant, ast.Constant) and ACTION.fullmatch(str(constant.value)):
                yield str(constant.value)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_every_recorded_action_has_its_words() -> None:
    recorded = {action for path in PORTAL.rglob("*.py") for action in actions_in(path.read_text())}
    known = {key.removeprefix("audit.") for key in shipped_catalogs().keys("audit")}
    assert "session.began" in recorded
    assert recorded - known == set()


def test_an_action_is_found_in_each_way_of_recording_it() -> None:
    source = """
audit.record(session, "a.one", now)
with reach(citizen_id, "a.two") as found: ...
_record(session, "a.three" if active else "a.four", staff)
action = "a.five"
Reading(Resource.X, action="a.six")
"""
    assert set(actions_in(source)) == {f"a.{name}" for name in ("one", "two", "three", "four", "five", "six")}
