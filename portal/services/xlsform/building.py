"""pyxform reads the checked tables; its form becomes our questionnaire."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from portal.domain.questionnaires import Choice, Page, Question, Questionnaire, QuestionType, Respondent
from portal.services.xlsform.headings import Row, Table
from portal.services.xlsform.problems import Code, Problem, Unreadable
from portal.services.xlsform.survey_sheet import YES, range_bounds

TYPES = {
    "select one": QuestionType.SELECT_ONE,
    "select all that apply": QuestionType.SELECT_MULTIPLE,
    "int": QuestionType.INTEGER,
    "string": QuestionType.TEXT,
}
Tables = Mapping[str, Table]


def build(tables: Tables, language: str) -> Questionnaire:
    """Raises Unreadable with pyxform's own sentence where the standard's reader still finds a fault."""
    form = _parse(tables, language)
    respondent = Respondent(form.get("respondent") or Respondent.CITIZEN)
    children = [child for child in form["children"] if child["name"] != "meta"]
    pages = tuple(_page(child, respondent) for child in children)
    titles = tables["settings"].rows[0].texts("form_title")
    translated = (code for row in tables["survey"].rows for code in row.texts("label"))
    return Questionnaire(
        key=form["id_string"],
        titles=titles,
        pages=pages,
        respondent=respondent,
        default_language=language,
        languages=tuple(dict.fromkeys([language, *translated])),
    )


def _parse(tables: Tables, language: str) -> dict[str, Any]:
    settings, choices = (_dicts(tables[name].rows) for name in ("settings", "choices"))
    settings[0]["default_language"] = language
    survey = _with_gaps(tables["survey"].rows)
    definition = DefinitionData(
        survey=survey,
        survey_header=_headers(survey),
        choices=choices,
        choices_header=_headers(choices),
        settings=settings,
        settings_header=_headers(settings),
    )
    try:
        return dict(workbook_to_json(definition, warnings=[]))
    except PyXFormError as error:
        raise Unreadable(_told_by_pyxform(str(error))) from error


def _told_by_pyxform(sentence: str) -> Problem:
    row, sheet = re.search(r"\[row : (\d+)\]", sentence), re.search(r"'(\w+)' sheet", sentence)
    number = int(row[1]) if row else None
    return Problem(Code.PYXFORM, sheet[1] if sheet else "survey", number, values={"sentence": sentence})


def _dicts(rows: Sequence[Row]) -> list[dict[str, str]]:
    """The rows by our names of the columns; those that a choice filter reads keep the author's."""
    return [{column.removeprefix("?"): cell for column, cell in row.cells.items()} for row in rows]


def _with_gaps(rows: Sequence[Row]) -> list[dict[str, str]]:
    """Every row from 2 on, so that the row numbers in pyxform's sentences are the author's."""
    by_number = dict(zip((row.number for row in rows), _dicts(rows), strict=True))
    return [by_number.get(number, {}) for number in range(2, max(by_number) + 1)]


def _headers(rows: Sequence[Mapping[str, str]]) -> list[dict[str, None]]:
    return [dict.fromkeys(column for row in rows for column in row)]


def _page(data: Mapping[str, Any], respondent: Respondent) -> Page:
    if data["type"] != "group":
        return Page(data["name"], (_question(data, respondent),))
    questions = tuple(_question(child, respondent) for child in data["children"])
    return Page(data["name"], questions, data.get("label", {}), data.get("bind", {}).get("relevant", ""))


def _question(data: Mapping[str, Any], respondent: Respondent) -> Question:
    bind = data.get("bind", {})
    type_ = TYPES.get(data["type"]) or QuestionType(data["type"])
    bounds = _bounds(data) if type_ is QuestionType.RANGE else (None, None, None)
    return Question(
        name=data["name"],
        type=type_,
        labels=data["label"],
        hints=data.get("hint", {}),
        required=bind.get("required") in YES,
        required_messages=bind.get("jr:requiredMsg", {}),
        relevant=bind.get("relevant", ""),
        constraint=bind.get("constraint", ""),
        constraint_messages=bind.get("jr:constraintMsg", {}),
        choices=tuple(_choice(choice) for choice in data.get("choices", ())),
        choice_filter=data.get("choice_filter", ""),
        default=data.get("default", ""),
        appearance=data.get("control", {}).get("appearance", ""),
        indicator=data.get("indicator", ""),
        direction=int(data.get("direction") or 1),
        sensitive=data.get("sensitive") in YES,
        respondent=Respondent(data.get("respondent") or respondent),
        start=bounds[0],
        end=bounds[1],
        step=bounds[2],
    )


def _bounds(data: Mapping[str, Any]) -> tuple[float | None, float | None, float | None]:
    given = " ".join(f"{key}={value}" for key, value in data["parameters"].items())
    return range_bounds(given) or (None, None, None)


def _choice(data: Mapping[str, Any]) -> Choice:
    attributes = {key: value for key, value in data.items() if key not in {"name", "label", "score"}}
    score = float(data["score"]) if data.get("score") else None
    return Choice(data["name"], data["label"], score, attributes)
