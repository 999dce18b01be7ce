"""What comes with a page, and what comes behind it. (The bytes are counted in tests/contract/test_budgets.py.)"""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from database.engine import Database
from portal.store import questionnaires
from tests.cases import Case, make_case
from tests.journeys import invite
from tests.measurements import ship_forms


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    """Asked to answer the form that ships with the product."""
    case = make_case(database, municipality, now, key="small")
    with database.write(municipality) as session:
        ship_forms(session, now)
        form = questionnaires.by_key(session, "progression_citizen")
        assert form is not None
        return Case(municipality, case.citizen_id, case.staff_id, form.id, case.counterpart_id)


def test_the_first_page_needs_one_stylesheet_and_waits_for_no_script(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    page = client.get(f"/{invite(database, case, now)}").text
    assert len(re.findall(r'<link rel="stylesheet"', page)) == 1
    assert all(" defer" in script for script in re.findall(r"<script[^>]*>", page))


def test_a_step_carries_no_header_that_only_a_page_needs(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    form = client.post(f"/{invite(database, case, now)}").location.rpartition("/")[0]
    client.get(f"{form}/1")
    answer = client.post(f"{form}/1", data={"health_coping": "3"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Content-Security-Policy" not in answer.headers and "Set-Cookie" not in answer.headers
