"""No staff page tells what a citizen answered in an open measurement: not in a value, a colour or a word.

Every page is read twice, with quite different answers of hers in between; it must not have changed.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from database.engine import Database
from portal.domain.questionnaires import Respondent
from portal.store.answering import Answer, IndicatorScore, Response
from portal.store.people import Citizen
from tests.conftest import NOW, add_municipality
from tests.factories import add_citizen, add_staff, add_team
from tests.measurements import Half, add_half, measure, newest, ship_forms
from tests.web.conftest import sign_in_as

MINE = Respondent.CASEWORKER
EARLIER = NOW - timedelta(days=95)
ONES_OWN = re.compile(r'name="(?:csrf_token|key)" value="[^"]*"|nonce="[^"]*"|[0-9a-f]{16}')


@pytest.fixture
def mette(database: Database, client: FlaskClient) -> Citizen:
    """One whole measurement, and an open one in which only she has answered."""
    tenant = add_municipality(database)
    with database.write(tenant) as session:
        ship_forms(session, NOW)
        lone = add_staff(session, NOW, team=add_team(session))
        citizen = add_citizen(session, EARLIER, lone)
        measure(session, citizen, Half({"purpose": 3}, EARLIER), Half({}, EARLIER, MINE))
        measure(session, citizen, Half({"purpose": 3}, NOW))
    sign_in_as(client, database, lone)
    return citizen


def her_open_response(database: Database, citizen: Citizen) -> Response:
    with database.read(citizen.municipality_id) as session:
        query = select(Response).where(Response.citizen_id == citizen.id).order_by(Response.id.desc())
        return session.scalars(query.limit(1)).one()


def answer_quite_differently(database: Database, response: Response) -> None:
    with database.write(response.municipality_id) as session:
        session.execute(update(Answer).where(Answer.response_id == response.id).values(value="5"))
        session.execute(
            update(IndicatorScore).where(IndicatorScore.response_id == response.id).values(value=5.0)
        )


def paths(app: Flask, citizen: Citizen, response: Response) -> list[str]:
    """Every staff page about a citizen, and every one that needs no more than a name in its address."""
    known: dict[str, object] = {"citizen_id": citizen.id, "ref": response.ref}
    with app.test_request_context():
        built = app.url_map.bind("localhost")
        return [
            built.build(rule.endpoint, {name: known[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and rule.rule.startswith("/") and rule.arguments <= known.keys()
        ]


def read_all(client: FlaskClient, addresses: list[str]) -> dict[str, str]:
    """Letter by letter, whatever it is: the journal is a PDF too."""
    pages = {path: client.get(path).data.decode("latin-1") for path in addresses if path != "/metrics"}
    return {path: ONES_OWN.sub("", page) for path, page in pages.items()}


def test_no_staff_page_changes_with_what_she_answered_in_an_open_measurement(
    app: Flask, client: FlaskClient, database: Database, mette: Citizen
) -> None:
    response = her_open_response(database, mette)
    addresses = paths(app, mette, response)
    assert {f"/borgere/{mette.id}", f"/borgere/{mette.id}/svar/{response.ref}", "/borgere"} <= set(addresses)
    before = read_all(client, addresses)
    answer_quite_differently(database, response)
    assert read_all(client, addresses) == before


def test_the_same_change_shows_once_the_caseworker_has_given_her_half(
    app: Flask, client: FlaskClient, database: Database, mette: Citizen
) -> None:
    response = her_open_response(database, mette)
    with database.write(mette.municipality_id) as session:
        own = newest(session, "progression_caseworker")
        add_half(session, session.get_one(Response, response.id).measurement, own, Half({}, NOW, MINE))
    addresses = paths(app, mette, response)
    before = read_all(client, addresses)
    answer_quite_differently(database, response)
    after = read_all(client, addresses)
    card = f"/borgere/{mette.id}"
    changed = {path for path in addresses if path in after and after[path] != before[path]}
    assert {"/borgere", f"{card}/udvikling", f"{card}/svar/{response.ref}", f"{card}/samtaleark"} <= changed


def test_a_form_of_hers_alone_is_read_as_soon_as_it_is_finished(
    client: FlaskClient, database: Database, mette: Citizen
) -> None:
    with database.write(mette.municipality_id) as session:
        measure(session, session.get_one(Citizen, mette.id), Half({}, NOW), key="own_agenda")
    ref = her_open_response(database, mette).ref
    assert "Besvaret af borgeren" in client.get(f"/borgere/{mette.id}/svar/{ref}").text
