"""The settings sheet: one row about the whole form."""

import re

from portal.domain.questionnaires import Respondent
from portal.services.xlsform.headings import EMPTY, Row, Table
from portal.services.xlsform.problems import Code, Problem

FORM_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")


def settings_row(table: Table) -> Row:
    return table.rows[0] if table.rows else EMPTY


def check_settings(table: Table, language: str, problems: list[Problem]) -> None:
    """`version` may stand there for other programs; our versions are numbered when they are published."""
    if not table.headings:
        return  # the sheet is missing, which has been said
    if len(table.rows) != 1:
        problems.append(Problem(Code.SETTINGS_ROWS, "settings", values={"rows": str(len(table.rows))}))
    row = settings_row(table)
    for column in ("form_id", f"form_title::{language}"):
        if not row.get(column):
            problems.append(table.problem(Code.SETTING_MISSING, row if row.number else None, column))
    for code, title in row.texts("form_title").items():
        if "${" in title:
            problems.append(table.problem(Code.TEXT_REFERENCE, row, f"form_title::{code}"))
    if row.get("form_id") and not FORM_ID.fullmatch(row.get("form_id")):
        problems.append(table.problem(Code.FORM_ID_INVALID, row, "form_id", text=row.get("form_id")))
    if row.get("style") not in {"", "pages"}:
        problems.append(table.problem(Code.STYLE_UNSUPPORTED, row, "style", text=row.get("style")))
    if row.get("respondent") not in {"", *Respondent}:
        problems.append(table.problem(Code.RESPONDENT_INVALID, row, "respondent", text=row.get("respondent")))
