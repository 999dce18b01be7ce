"""Every route says who may use it, and holds to it: for strangers, wrong roles and other municipalities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select
from werkzeug.routing import IntegerConverter, Rule
from werkzeug.test import TestResponse

from database.tenancy import EVERYONE
from portal.domain.access import Resource, Role, scope
from portal.store.people import Staff
from portal.web.guards import STAFF
from tests import factories
from tests.conftest import NOW
from tests.integration.test_tenancy import MAPPERS, OWNED, World
from tests.web.conftest import sign_in_as

ASKED = {"GET", "POST", "PUT", "PATCH", "DELETE"}
FIRST_ROW = 1
"""In every table the first row is the first municipality's: its world is made before anyone signs in."""
THEIR_WORDS = "x" * 8
"""What `World` writes into every text, name and key of the first municipality."""


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def guarded(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every guarded rule with each of its methods."""
    for rule in rules(app):
        if hasattr(app.view_functions[rule.endpoint], "guarded_by"):
            yield from ((rule, method) for method in sorted((rule.methods or set()) & ASKED))


def resource(app: Flask, rule: Rule) -> Any:
    view: Any = app.view_functions[rule.endpoint]
    return view.guarded_by


def ask(client: FlaskClient, rule: Rule, method: str) -> TestResponse:
    """With the first municipality's ids and references in the address."""
    values = {
        name: FIRST_ROW
        if isinstance(converter, IntegerConverter)
        else THEIR_WORDS
        if name in ("ref", "key")
        else "da"
        for name, converter in rule._converters.items()
    }
    built = rule.build(values)
    assert built is not None, rule
    return client.open(built[1], method=method)


def names_a_row(rule: Rule) -> bool:
    return any(
        isinstance(converter, IntegerConverter) or name == "ref"
        for name, converter in rule._converters.items()
    )


def staff_of_other_municipality(app: Flask, world: World, role: Role) -> FlaskClient:
    with world.database.write(world.theirs) as session:
        person: Staff = factories.add_staff(session, NOW, role=role.value, team=factories.add_team(session))
    client = app.test_client()
    sign_in_as(client, world.database, person)
    return client


def citizen_of_other_municipality(app: Flask, world: World) -> FlaskClient:
    """Signed in with her PIN."""
    with world.database.write(world.theirs) as session:
        caseworker = factories.add_staff(session, NOW, team=factories.add_team(session))
        citizen = factories.add_citizen(session, NOW, caseworker, pin_hash="a hash", pin_set_at=NOW)
    client = app.test_client()
    with client.session_transaction() as cookie:
        seconds = int(NOW.timestamp())
        cookie["citizen"] = [citizen.id, world.theirs, seconds, seconds]
    assert client.get("/hjem").status_code == 200
    return client


def rows_of_first_municipality(world: World) -> dict[str, list[tuple[Any, ...]]]:
    with world.database.read(EVERYONE) as session:
        return {
            owned.__name__: [
                tuple(row)
                for row in session.execute(
                    select(inspect(owned).local_table).where(owned.municipality_id == world.ours)
                )
            ]
            for owned in OWNED
        }


def test_every_route_says_who_may_use_it(app: Flask) -> None:
    silent = [
        rule.rule
        for rule in rules(app)
        if hasattr(app.view_functions[rule.endpoint], "guarded_by")
        is hasattr(app.view_functions[rule.endpoint], "public_because")
    ]
    assert silent == []


def test_what_is_public_says_why(app: Flask) -> None:
    reasons = {view: getattr(view, "public_because", None) for view in app.view_functions.values()}
    assert all(reason is None or len(reason) > 10 for reason in reasons.values())


def test_a_route_that_says_nothing_is_refused(app: Flask) -> None:
    app.add_url_rule("/unmarked", "unmarked", lambda: "open")
    assert app.test_client().get("/unmarked").status_code == 500


def test_a_stranger_gets_past_no_guard(app: Flask) -> None:
    client = app.test_client()
    let_in = []
    for rule, method in guarded(app):
        answer = ask(client, rule, method)
        expected = 302 if method == "GET" else 401
        if resource(app, rule) is Resource.ANSWER_FORM:
            expected = 303  # to the page that says how to get back to a form
        if answer.status_code != expected or answer.headers.get("Location", "/").startswith("//"):
            let_in.append((method, rule.rule, answer.status_code))
    assert let_in == []


@pytest.mark.parametrize("role", STAFF, ids=lambda role: role.value)
def test_a_wrong_role_gets_past_no_guard(app: Flask, world: World, role: Role) -> None:
    client = staff_of_other_municipality(app, world, role)
    wrong = [pair for pair in guarded(app) if scope(role, resource(app, pair[0])) is None]
    assert wrong
    answers = [(method, rule.rule, ask(client, rule, method).status_code) for rule, method in wrong]
    assert [answer for answer in answers if answer[2] != 403] == []


@pytest.mark.parametrize("role", STAFF, ids=lambda role: role.value)
def test_the_right_role_of_another_municipality_sees_and_changes_nothing(
    app: Flask, world: World, role: Role
) -> None:
    before = rows_of_first_municipality(world)
    client = staff_of_other_municipality(app, world, role)
    opened = []
    for rule, method in sorted(guarded(app), key=lambda pair: pair[0].endpoint.endswith("sign_out")):
        if scope(role, resource(app, rule)) is None:
            continue
        answer = ask(client, rule, method)
        refused = answer.status_code in (403, 404) or (method != "GET" and 400 <= answer.status_code < 500)
        if (names_a_row(rule) and not refused) or THEIR_WORDS in answer.text:
            opened.append((method, rule.rule, answer.status_code))
    assert opened == []
    assert rows_of_first_municipality(world) == before


def test_a_citizen_of_another_municipality_is_let_in_nowhere_but_to_her_own(app: Flask, world: World) -> None:
    before = rows_of_first_municipality(world)
    opened = []
    for rule, method in guarded(app):
        client = citizen_of_other_municipality(app, world)  # anew: some of her own routes end her session
        answer = ask(client, rule, method)
        hers = scope(Role.CITIZEN_PIN, resource(app, rule)) is not None
        let_in = answer.status_code < 300 and (not hers or names_a_row(rule))
        if let_in or (not hers and answer.status_code != 403) or THEIR_WORDS in answer.text:
            opened.append((method, rule.rule, answer.status_code))
    assert opened == []
    assert rows_of_first_municipality(world) == before


def test_the_walk_would_notice_an_open_door(app: Flask, world: World) -> None:
    """The first municipality's own administrator does see what the walk looks for."""
    with world.database.write(world.ours) as session:
        person = factories.add_staff(session, NOW, role="administrator")
        session.get_one(Staff, FIRST_ROW).role = "caseworker"
    client = app.test_client()
    sign_in_as(client, world.database, person)
    assert THEIR_WORDS in client.get("/administration").text
    assert client.get(f"/administration/{FIRST_ROW}").status_code == 200


def test_the_first_row_of_every_table_is_the_first_municipalitys(world: World) -> None:
    assert {world.id_of(mapper.class_) for mapper in MAPPERS if mapper.class_ in OWNED} == {FIRST_ROW}
