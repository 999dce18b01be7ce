"""The survey sheet: groups and questions, row by row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.domain.questionnaires import SELECTS, QuestionType, Respondent
from portal.services.xlsform.choices_sheet import Lists
from portal.services.xlsform.headings import Row, Table
from portal.services.xlsform.problems import Code, Problem

NAME = re.compile(r"[^\W\d][\w.-]{0,63}")
INDICATOR = re.compile(r"[a-z][a-z0-9_]{0,59}")
GROUP = re.compile(r"(begin|end)[_ ]group")
SELECT = re.compile(r"(select_one|select_multiple)\s+(\S+)")
YES = frozenset({"yes", "true", "TRUE", "true()"})
NO = frozenset({"", "no", "false", "FALSE", "false()"})
TEXT_COLUMNS = ("label", "hint", "required_message", "constraint_message")
LIKERT, MINIMAL, MULTILINE = "likert", "minimal", "multiline"
APPEARANCES = {
    "begin": {"field-list"},
    QuestionType.SELECT_ONE: {LIKERT, MINIMAL},
    QuestionType.SELECT_MULTIPLE: {MINIMAL},
    QuestionType.RANGE: {LIKERT},
    QuestionType.TEXT: {MULTILINE},
}
GROUP_COLUMNS = frozenset({"type", "name", "label", "relevant", "appearance"})
NOTE_COLUMNS = GROUP_COLUMNS | {"hint", "respondent"}
QUESTION_COLUMNS = NOTE_COLUMNS | {
    *("required", "required_message", "constraint", "constraint_message", "default"),
    *("indicator", "direction", "sensitive"),
}
MAX_STEPS = 101  # a range of 0 to 100


@dataclass(frozen=True)
class Item:
    """A row that means something. `type` is "begin", "end" or a question's; `page` counts from 0."""

    row: Row
    type: str
    list_name: str
    page: int

    @property
    def name(self) -> str:
        return self.row.get("name")


def read_items(table: Table, problems: list[Problem]) -> list[Item]:
    """The rows with their types and pages; a row whose type we do not know is refused and left out."""
    items: list[Item] = []
    open_group: Row | None = None
    page = -1
    for row in table.rows:
        if not row.cells:
            continue
        type_, list_name = _type(row)
        if not type_:
            code = Code.TYPE_UNSUPPORTED if row.get("type") else Code.TYPE_MISSING
            problems.append(table.problem(code, row, "type", text=row.get("type")))
            continue
        if type_ == "begin" and open_group:
            problems.append(table.problem(Code.GROUP_NESTED, row, "type", first=str(open_group.number)))
        if type_ == "end" and not open_group:
            problems.append(table.problem(Code.GROUP_NOT_OPEN, row, "type"))
        if type_ == "end" and items and items[-1].type == "begin":
            problems.append(table.problem(Code.GROUP_EMPTY, items[-1].row, "name"))
        page += 1 if type_ == "begin" or (type_ != "end" and not open_group) else 0
        open_group = row if type_ == "begin" else None if type_ == "end" else open_group
        items.append(Item(row, type_, list_name, page))
    if open_group:
        problems.append(table.problem(Code.GROUP_NOT_CLOSED, open_group, "type"))
    return items


def _type(row: Row) -> tuple[str, str]:
    given = row.get("type")
    if group := GROUP.fullmatch(given):
        return group[1], ""
    if select := SELECT.fullmatch(given):
        return select[1], select[2]
    plain = set(QuestionType) - SELECTS
    return (given, "") if given in plain else ("", "")


def check_items(
    table: Table, items: list[Item], lists: Lists, language: str, problems: list[Problem]
) -> None:
    names: dict[str, int] = {}
    for item in items:
        problems.extend(_check_columns(table, item))
        if item.type == "end":
            continue
        problems.extend(_check_name(table, item, names))
        problems.extend(_check_texts(table, item, language))
        problems.extend(_check_words(table, item))
        if item.type == QuestionType.RANGE:
            problems.extend(_check_range(table, item.row))
        if item.list_name and item.list_name not in lists:
            problems.append(table.problem(Code.LIST_MISSING, item.row, "type", list=item.list_name))
    if not any(item.type not in {"begin", "end", QuestionType.NOTE} for item in items):
        problems.append(Problem(Code.NO_QUESTIONS, "survey"))


def _check_columns(table: Table, item: Item) -> Iterator[Problem]:
    """A cell that this type of row cannot use would be lost, so it is refused."""
    for column, text in item.row.cells.items():
        base = column.partition("::")[0]
        harmless = base in {"required", "sensitive"} and text in NO
        if not (base.startswith("?") or base in _columns(item) or harmless):
            yield table.problem(Code.COLUMN_NOT_FOR_TYPE, item.row, column, type=item.row.get("type"))


def _columns(item: Item) -> frozenset[str]:
    if item.type in {"begin", "end"}:
        return GROUP_COLUMNS if item.type == "begin" else frozenset({"type", "name"})
    if item.type == QuestionType.NOTE:
        return NOTE_COLUMNS
    if item.list_name:
        return QUESTION_COLUMNS | {"choice_filter"}
    return QUESTION_COLUMNS | ({"parameters"} if item.type == QuestionType.RANGE else set())


def _check_name(table: Table, item: Item, names: dict[str, int]) -> Iterator[Problem]:
    name = item.name
    if not name:
        yield table.problem(Code.NAME_MISSING, item.row, "name")
    elif not NAME.fullmatch(name):
        yield table.problem(Code.NAME_INVALID, item.row, "name", text=name)
    elif name.lower() in names:
        first = str(names[name.lower()])
        yield table.problem(Code.NAME_TWICE, item.row, "name", text=name, first=first)
    names.setdefault(name.lower(), item.row.number)


def _check_texts(table: Table, item: Item, language: str) -> Iterator[Problem]:
    """A text must stand in the form's own language, which is shown where a translation is missing."""
    for base in TEXT_COLUMNS:
        texts = item.row.texts(base)
        needed = bool(texts) or (base == "label" and item.type != "begin")
        if needed and language not in texts:
            yield table.problem(Code.TEXT_MISSING, item.row, f"{base}::{language}", language=language)
        for code, text in texts.items():
            if "${" in text:
                yield table.problem(Code.TEXT_REFERENCE, item.row, f"{base}::{code}")


def _check_words(table: Table, item: Item) -> Iterator[Problem]:
    """The columns that take one of a few words."""
    row = item.row
    for column in ("required", "sensitive"):
        if row.get(column) not in YES | NO:
            yield table.problem(Code.YES_NO, row, column, text=row.get(column))
    if row.get("direction") not in {"", "1", "+1", "-1"}:
        yield table.problem(Code.DIRECTION_INVALID, row, "direction", text=row.get("direction"))
    if row.get("respondent") not in {"", *Respondent}:
        yield table.problem(Code.RESPONDENT_INVALID, row, "respondent", text=row.get("respondent"))
    if row.get("indicator") and not INDICATOR.fullmatch(row.get("indicator")):
        yield table.problem(Code.INDICATOR_INVALID, row, "indicator", text=row.get("indicator"))
    allowed = APPEARANCES.get(item.type, set())
    if row.get("appearance") not in {"", *allowed}:
        words = {
            "text": row.get("appearance"),
            "type": row.get("type"),
            "allowed": ", ".join(sorted(allowed)) or "–",
        }
        yield table.problem(Code.APPEARANCE_UNSUPPORTED, row, "appearance", **words)


PARAMETER = re.compile(r"(start|end|step)\s*=\s*(-?\d{1,6}(?:\.\d{1,4})?)")


def range_bounds(parameters: str) -> tuple[float, float, float] | None:
    """(start, end, step) with XLSForm's 0, 10 and 1 where nothing is said; None where it makes no sense."""
    bounds = {"start": 0.0, "end": 10.0, "step": 1.0}
    rest = PARAMETER.sub(lambda match: str(bounds.update({match[1]: float(match[2])}) or ""), parameters)
    start, end, step = bounds.values()
    steps = (end - start) / step if step > 0 else 0.0
    whole = abs(steps - round(steps)) < 1e-9
    return None if rest.strip(" ,;") or steps < 1 or not whole else (start, end, step)


def _check_range(table: Table, row: Row) -> Iterator[Problem]:
    bounds = range_bounds(row.get("parameters"))
    if bounds is None:
        yield table.problem(Code.PARAMETERS_INVALID, row, "parameters", text=row.get("parameters"))
    elif (bounds[1] - bounds[0]) / bounds[2] >= MAX_STEPS:
        yield table.problem(Code.RANGE_TOO_LONG, row, "parameters", most=str(MAX_STEPS))
