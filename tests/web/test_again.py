"""A page that answers a form has an address of its own, and is shown again to who sent the form, and to nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from database.engine import Database
from database.tenancy import EVERYONE
from portal.services import background
from portal.store import kept_pages
from portal.store.kept_pages import KeptPage
from portal.store.people import Staff
from portal.web import again, headers
from tests.cases import Case, make_case
from tests.web.conftest import sign_in_as
from tests.web.test_citizen_home import short_code, signed_in
from tests.web.test_citizen_journey import HTMX, at, begun, token

assert all((begun, token, short_code, signed_in))  # fixtures that this module borrows
DIARY = "/hjem/dagbog"
LONG = "Det gik så godt i dag. " * 5000
TOO_LONG = "Der er ikke plads til så meget"


def sent(client: FlaskClient, address: str, **data: str) -> str:
    """Where the answer to a form stands, as a browser is told it."""
    answer = client.post(address, data=data, follow_redirects=True)
    assert answer.history and answer.history[0].status_code == 303
    place = answer.history[0].location
    assert place.startswith(f"{address}?{again.FIELD}=")
    return place


def rows(database: Database) -> list[KeptPage]:
    with database.read(EVERYONE) as session:
        return list(session.scalars(select(KeptPage)))


def test_a_wrong_form_is_answered_by_a_page_that_can_be_fetched_again(signed_in: FlaskClient) -> None:
    place = sent(signed_in, DIARY, body=LONG)
    first, second = signed_in.get(place), signed_in.get(place)
    assert first.status_code == second.status_code == 422
    assert first.text == second.text and LONG.strip() in first.text and 'aria-invalid="true"' in first.text


def test_nothing_of_it_may_lie_on_the_phone(signed_in: FlaskClient) -> None:
    answer = signed_in.get(sent(signed_in, DIARY, body=LONG))
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy


def test_it_asks_of_the_browser_what_it_asked_for_at_first(app: Flask) -> None:
    with app.test_request_context():
        nonce = headers.nonce()
        headers.allow_recording()
        first, held = headers.policy(), headers.said()
    with app.test_request_context():
        headers.say_again(held)
        assert headers.policy() == first and nonce in first and "blob:" in first


def test_a_form_that_was_right_leaves_no_page_behind(signed_in: FlaskClient, database: Database) -> None:
    signed_in.post(DIARY, data={"body": "En god dag"})
    assert rows(database) == []


def test_it_lies_encrypted_and_nobody_is_named(signed_in: FlaskClient, database: Database) -> None:
    sent(signed_in, DIARY, body=LONG)
    with database.read(EVERYONE) as session:
        stored = str(session.execute(text("select * from kept_pages")).one())
    assert "godt i dag" not in stored and DIARY not in stored


def test_after_an_hour_the_address_leads_to_the_page_itself_and_the_row_is_gone(
    signed_in: FlaskClient, app: Flask, database: Database, now: datetime
) -> None:
    place = sent(signed_in, DIARY, body=LONG)
    for minute in range(10, 60, 10):
        at(app, now + timedelta(minutes=minute))
        assert signed_in.get(place).status_code == 422, "and it keeps her signed in, as any page does"
    at(app, now + timedelta(minutes=61))
    answer = signed_in.get(place)
    assert (answer.status_code, answer.location) == (302, DIARY)
    background.sweep(app.extensions["taletid"])
    assert rows(database) == []


def test_after_she_has_signed_out_it_shows_nothing_of_hers(signed_in: FlaskClient) -> None:
    place = sent(signed_in, DIARY, body=LONG)
    signed_in.post("/farvel")
    answer = signed_in.get(place, follow_redirects=True)
    assert "godt i dag" not in answer.text and answer.request.path == "/kode"


def test_what_a_visit_typed_on_its_way_in_is_gone_with_the_visit(client: FlaskClient) -> None:
    client.get("/kode")
    place = sent(client, "/kode", code="ABC123", pin="1111")
    assert "ABC123" in client.get(place).text
    client.post("/farvel")
    answer = client.get(place)
    assert (answer.status_code, answer.location) == (302, "/kode")


def test_another_browser_gets_nothing_of_it(app: Flask, client: FlaskClient) -> None:
    client.get("/kode")
    place = sent(client, "/kode", code="ABC123", pin="1111")
    stranger = app.test_client()
    assert stranger.get(place).location == "/kode"
    stranger.get("/kode")
    assert stranger.get(place).location == "/kode"


def test_another_citizen_on_the_same_phone_gets_her_own_page(
    signed_in: FlaskClient, app: Flask, database: Database, municipality: int, now: datetime
) -> None:
    place = sent(signed_in, DIARY, body=LONG)
    other = make_case(database, municipality, now, key="other")
    with signed_in.session_transaction() as session:
        session["citizen"] = [other.citizen_id, municipality, 0, int(now.timestamp())]
    assert "godt i dag" not in signed_in.get(place, follow_redirects=True).text


def test_staff_signed_in_on_the_same_machine_get_nothing_of_a_citizens(
    signed_in: FlaskClient, database: Database, case: Case
) -> None:
    place = sent(signed_in, DIARY, body=LONG)

    with database.read(case.municipality_id) as session:
        lone = session.get_one(Staff, case.staff_id)
    signed_in.post("/farvel")
    sign_in_as(signed_in, database, lone)
    answer = signed_in.get(place)
    assert "godt i dag" not in answer.text and answer.status_code in (302, 403)


def test_a_wrong_answer_to_a_question_is_found_again_with_the_grant_alone(
    client: FlaskClient, app: Flask, begun: str
) -> None:
    place = sent(client, f"{begun}/1?paa=da".partition("?")[0], belief_in_work="")
    assert client.get(place).status_code == 422
    assert app.test_client().get(place).location == "/svar"


def test_an_address_that_takes_forms_alone_leads_to_the_page_above_it_when_the_answer_is_gone(
    client: FlaskClient, begun: str
) -> None:
    answer = client.get(f"{begun}/hjaelp?{again.FIELD}=x")
    assert (answer.status_code, answer.location) == (302, begun)


def test_an_address_that_takes_no_form_does_not_care(signed_in: FlaskClient) -> None:
    assert signed_in.get(f"/hjem?{again.FIELD}=x").status_code in (200, 302)
    assert signed_in.get(f"/findes-ikke?{again.FIELD}=x").status_code == 404


def test_htmx_gets_its_part_at_once(client: FlaskClient, database: Database, begun: str) -> None:
    answer = client.post(f"{begun}/1", data={"belief_in_work": ""}, headers=HTMX)
    assert answer.status_code == 422 and rows(database) == []


def test_what_another_site_posts_is_not_kept(client: FlaskClient, database: Database) -> None:
    wrong = {"code": "ABC123", "pin": "1111"}
    assert client.post("/kode", data=wrong, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 422
    assert rows(database) == []


def test_an_error_that_holds_nothing_of_hers_may_lie_on_the_phone(
    signed_in: FlaskClient, database: Database
) -> None:
    answer = signed_in.post("/hjem/maal/99/naaet")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "private, no-cache")
    assert rows(database) == []


def test_each_keeps_so_many_and_the_oldest_gives_way(signed_in: FlaskClient) -> None:
    places = [sent(signed_in, DIARY, body=LONG) for _ in range(kept_pages.MOST_EACH + 1)]
    assert signed_in.get(places[0]).location == DIARY
    assert signed_in.get(places[1]).status_code == signed_in.get(places[-1]).status_code == 422


def test_strangers_cannot_fill_the_house_and_are_answered_all_the_same(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again, "MOST_FOR_STRANGERS", 30_000)
    codes = [app.test_client().post("/kode", data={"code": "X", "pin": "1"}).status_code for _ in range(9)]
    assert set(codes) == {422}
    assert 0 < sum(each.size for each in rows(database)) <= 30_000


def test_a_database_that_takes_nothing_costs_no_answer(
    signed_in: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("insert", {}, Exception("locked"))

    monkeypatch.setattr(kept_pages, "keep", refuse)
    answer = signed_in.post(DIARY, data={"body": LONG})
    assert answer.status_code == 422 and not answer.history and LONG.strip() in answer.text
