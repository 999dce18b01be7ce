"""A citizen, her caseworker and a questionnaire, in the database of the test."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from database.engine import Database
from tests import factories
from tests.forms import caseworker_form, definition, small_form


@dataclass(frozen=True)
class Case:
    municipality_id: int
    citizen_id: int
    staff_id: int
    questionnaire_id: int
    counterpart_id: int


def make_case(
    database: Database,
    municipality_id: int,
    now: datetime,
    *,
    key: str = "progression_citizen",
    **citizen: object,
) -> Case:
    """``key``: another name for the form where the shipped ones stand beside it."""
    with database.write(municipality_id) as session:
        team = factories.add_team(session)
        staff = factories.add_staff(session, now, team=team)
        row = factories.add_citizen(session, now, staff, **citizen)  # type: ignore[arg-type]
        version = factories.add_questionnaire(
            session, now, definition(small_form(key)), counterpart_key="progression_caseworker"
        )
        counterpart = factories.add_questionnaire(
            session,
            now,
            definition(
                caseworker_form()
                if key == "progression_citizen"
                else replace(caseworker_form(), key=f"{key}_caseworker")
            ),
        )
        return Case(municipality_id, row.id, staff.id, version.questionnaire_id, counterpart.questionnaire_id)
