"""The status table that FOKUS prints: citizens with those facts give those rows, from the database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from database.encryption import blind_index
from database.engine import Database
from database.tenancy import EVERYONE
from portal.domain.ageing import StatusRow, local_day, status_table
from portal.store.answering import Measurement, Response
from portal.store.people import Citizen
from portal.store.status import ZONE, citizen_statuses
from tests.factories import add_questionnaire, add_staff, add_team

WHITE, YELLOW, RED = timedelta(days=40), timedelta(days=100), timedelta(days=200)
ROWS = [
    StatusRow(white=774, yellow=0, red=0, exempt=1, dropped_out=3),
    StatusRow(white=132, yellow=27, red=0, exempt=0, dropped_out=1),
    StatusRow(white=72, yellow=8, red=103, exempt=2, dropped_out=12),
    StatusRow(white=146, yellow=40, red=116, exempt=28, dropped_out=39),
    StatusRow(white=84, yellow=0, red=0, exempt=0, dropped_out=0),
    StatusRow(white=149, yellow=13, red=48, exempt=2, dropped_out=70),
    StatusRow(white=143, yellow=786, red=0, exempt=46, dropped_out=6),
    StatusRow(white=440, yellow=101, red=330, exempt=22, dropped_out=74),
]
FORM: dict[str, object] = {"key": "progression", "respondent": "citizen", "pages": []}


def facts(row: StatusRow) -> list[tuple[str, timedelta]]:
    """(standing, age of the last answer) of each citizen behind the row."""
    return [
        *[("active", WHITE)] * row.white,
        *[("active", YELLOW)] * row.yellow,
        *[("active", RED)] * row.red,
        *[("exempt", RED)] * row.exempt,
        *[("dropped_out", RED)] * row.dropped_out,
    ]


@pytest.fixture
def teams(database: Database, municipality: int, now: datetime) -> list[int]:
    """Eight teams, each with the citizens of one row; returns their ids in the table's order."""
    with database.write(municipality) as session:
        version = add_questionnaire(session, now, FORM)
        caseworkers = [add_staff(session, now, team=add_team(session, f"Team {row}")) for row in range(8)]
    people = [(staff, *fact) for staff, row in zip(caseworkers, ROWS, strict=True) for fact in facts(row)]
    common = {"municipality_id": municipality}
    with database.write(EVERYONE) as session:
        session.execute(
            insert(Citizen),
            [
                common
                | {"id": number, "team_id": staff.team_id, "caseworker_id": staff.id, "standing": standing}
                | {"first_name": "A", "last_name": "B", "phone": "+4510000000", "created_at": now}
                | {"phone_index": blind_index("phone", "+4510000000"), "short_code": str(number)}
                for number, (staff, standing, _) in enumerate(people, 1)
            ],
        )
        session.execute(
            insert(Measurement),
            [
                common
                | {"id": number, "citizen_id": number, "opened_at": now - age}
                | {"questionnaire_id": version.questionnaire_id}
                for number, (_, _, age) in enumerate(people, 1)
            ],
        )
        session.execute(
            insert(Response),
            [
                common
                | {"ref": str(number), "measurement_id": number, "citizen_id": number, "language": "da"}
                | {"version_id": version.id, "respondent": "citizen", "started_at": now - age}
                | {"finished_at": now - age}
                for number, (_, _, age) in enumerate(people, 1)
            ],
        )
    return [staff.team_id or 0 for staff in caseworkers]


def test_citizens_with_the_facts_of_the_printed_table_give_its_eight_rows(
    database: Database, municipality: int, now: datetime, teams: list[int]
) -> None:
    from sqlalchemy import select

    from portal.store.questionnaires import Questionnaire

    with database.read(municipality) as session:
        form = session.scalars(select(Questionnaire)).one()
        today = local_day(now, ZONE)
        rows = [
            status_table((row.facts for row in citizen_statuses(session, form, team)), today)
            for team in teams
        ]
        whole = status_table((row.facts for row in citizen_statuses(session, form)), today)
    assert rows == ROWS
    assert [row.citizens for row in rows] == [774, 159, 183, 302, 84, 210, 929, 871]
    assert (whole.citizens, whole.white, whole.yellow, whole.red) == (3512, 1940, 975, 597)
    assert (whole.exempt, whole.dropped_out) == (101, 205)
