"""Numbers that nobody's page gave out: too long for any database, in other digits, or no numbers at all."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from database.engine import Database
from portal.domain.access import Role
from tests.conftest import NOW, add_municipality
from tests.factories import add_staff, add_team
from tests.web.conftest import sign_in_as

HUGE = "9" * 30
FIELDS = (
    *(
        "borger",
        "gruppe",
        "cover",
        "citizen_id",
        "questionnaire",
        "check_in",
        "skema",
        "team",
        "team_id",
        "form",
    ),
    *(
        "til",
        "vist",
        "efter",
        "foer",
        "side",
        "months",
        "days",
        "price",
        "group",
        "reply_days",
        "medarbejder",
    ),
)


def addresses(app: Flask, method: str) -> list[str]:
    """Every address of the staff's pages, with a number in it that is far too long."""
    mine = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("staff.")]
    rules = [rule.rule for rule in mine if method in (rule.methods or ()) and "log-ud" not in rule.rule]
    return sorted({re.sub(r"<(?:\w+:)?\w+>", HUGE, rule) for rule in rules})


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.ADMINISTRATOR])
def test_a_number_that_nothing_can_have_is_refused_and_breaks_nothing(
    app: Flask, client: FlaskClient, database: Database, role: Role
) -> None:
    tenant = add_municipality(database)
    with database.write(tenant) as session:
        staff = add_staff(session, NOW, role=role.value, team=add_team(session))
    sign_in_as(client, database, staff)
    sent = dict.fromkeys(FIELDS, HUGE)
    asked = [("GET", each, client.get(each, query_string=sent)) for each in addresses(app, "GET")]
    asked += [("POST", each, client.post(each, data=sent)) for each in addresses(app, "POST")]
    assert [(method, each) for method, each, answer in asked if answer.status_code >= 500] == []
