"""Without a script, an answer posted after the grant has ended: it waits in the browser until the link is opened again,
for that form alone, and never takes the place of a newer one. Words that have no room there are given back."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import urljoin

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from database.engine import Database
from portal.store.thread import ThreadEntry
from portal.web import belated
from tests.cases import Case, make_case
from tests.journeys import invite
from tests.web.test_citizen_home import short_code
from tests.web.test_citizen_journey import HTMX, answers, at, begun, finish, token

assert all((begun, token, short_code))  # fixtures that this module borrows
LATER = timedelta(hours=13)
FOR_HER = "Det bliver sendt, når du har åbnet linket igen."
COPY = "Kopier det, så du kan sætte det ind igen."


def posted_to(page: TestResponse) -> str:
    """Where a browser without a script posts the question on this page."""
    found = re.search(r'<form method="post" action="([^"?]*\d\?[^"]+)"', page.text)
    assert found
    return urljoin(page.request.path, unescape(found[1]))


def late(app: Flask, client: FlaskClient, form: str, now: datetime, choice: str = "4") -> None:
    """She has the first question before her, and answers it when the grant has ended."""
    to = posted_to(client.get(f"{form}/1"))
    at(app, now + LATER)
    answer = client.post(to, data={"belief_in_work": choice})
    assert (answer.status_code, answer.location) == (303, "/svar")


def open_again(client: FlaskClient, link: str) -> str:
    """Her way in, as a browser goes it; where it ends, as an address."""
    way = client.post(f"/{link}")
    assert way.status_code in (303, 307)
    end = client.post(way.location) if way.status_code == 307 else way
    return end.location or end.text


def boxes(page: str) -> list[str]:
    return [
        unescape(text) for text in re.findall(r"<textarea[^>]*readonly[^>]*>\n?(.*?)</textarea>", page, re.S)
    ]


def test_what_she_answers_too_late_is_kept_once_she_is_back(
    app: Flask, client: FlaskClient, database: Database, case: Case, token: str, begun: str, now: datetime
) -> None:
    late(app, client, begun, now)
    way_back = client.get("/svar")
    assert way_back.status_code == 401 and re.search(rf'role="status"[^>]*>[^<]*{FOR_HER}', way_back.text)
    assert answers(database, case) == {}
    end = open_again(client, token)
    assert end == f"{begun}/2?sendt=1"
    assert answers(database, case) == {"belief_in_work": "4"}
    assert ">Nu er dit svar sendt.</p>" in client.get(end).text
    assert ">Nu er dit svar sendt.</p>" not in client.get(f"{begun}/2").text
    assert client.get_cookie(belated.COOKIE) is None
    assert open_again(client, token) == f"{begun}/2"


def test_it_is_kept_in_the_language_it_was_read_in(
    app: Flask, client: FlaskClient, token: str, begun: str, now: datetime
) -> None:
    late(app, client, begun, now)
    with app.test_request_context(headers={"Cookie": f"ventede={client.get_cookie('ventede').value}"}):  # type: ignore[union-attr]
        held = belated.waiting()
    assert held is not None and (held.read_in, held.mark, held.number) == ("da", "", 1)


def test_the_cookie_tells_nothing_and_ends_within_the_hour(
    app: Flask, client: FlaskClient, database: Database, case: Case, token: str, begun: str, now: datetime
) -> None:
    at(app, now + LATER)
    cookie = client.post(f"{begun}/1?paa=da", data={"belief_in_work": "4"}).headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=3600"):
        assert part in cookie
    assert "belief" not in cookie and begun.split("/")[2] not in cookie
    at(app, now + LATER + belated.LIFETIME)
    assert open_again(client, token) == f"{begun}/1"
    assert answers(database, case) == {}


@pytest.mark.parametrize("changes", [("5",), ("5", "4")], ids=["changed", "changed and back"])
def test_it_never_takes_the_place_of_a_newer_answer(
    app: Flask, client: FlaskClient, database: Database, case: Case, token: str, begun: str, now: datetime,
    changes: tuple[str, ...],
) -> None:  # fmt: skip
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    late(app, client, begun, now, "1")
    elsewhere = app.test_client()
    elsewhere.post(f"/{token}")
    for minute, choice in enumerate(changes):
        at(app, now + LATER + timedelta(minutes=minute))
        elsewhere.post(f"{begun}/1", data={"belief_in_work": choice})
    shown = open_again(client, token)
    assert "Det ventede på telefonen:" in shown and f'value="{changes[-1]}" checked' in shown
    assert answers(database, case) == {"belief_in_work": changes[-1]}


def test_it_takes_the_place_of_the_answer_she_had_before_her(
    app: Flask, client: FlaskClient, database: Database, case: Case, token: str, begun: str, now: datetime
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    late(app, client, begun, now, "1")
    open_again(client, token)
    assert answers(database, case) == {"belief_in_work": "1"}


def test_without_a_mark_it_is_kept_only_where_nothing_is_answered(
    app: Flask, client: FlaskClient, database: Database, case: Case, token: str, begun: str, now: datetime
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    at(app, now + LATER)
    client.post(f"{begun}/1", data={"belief_in_work": "1"})
    assert "Det ventede på telefonen:" in open_again(client, token)
    assert answers(database, case) == {"belief_in_work": "4"}


def test_the_page_that_shows_it_leads_on_to_the_form_s_own_addresses(
    app: Flask, client: FlaskClient, token: str, begun: str, now: datetime
) -> None:
    client.post(f"{begun}/1", data={"belief_in_work": "4"})
    at(app, now + LATER)
    client.post(f"{begun}/1", data={"belief_in_work": "1"})
    shown = client.post(client.post(f"/{token}").location)
    assert posted_to(shown).startswith(f"{begun}/1?")


def test_what_is_no_answer_comes_back_as_she_typed_it(
    app: Flask, client: FlaskClient, database: Database, case: Case, token: str, begun: str, now: datetime
) -> None:
    late(app, client, begun, now, "")
    assert "Vælg eller skriv et svar" in open_again(client, token)
    assert answers(database, case) == {}


def test_another_citizens_form_on_the_same_phone_never_gets_it(
    app: Flask,
    client: FlaskClient,
    database: Database,
    municipality: int,
    token: str,
    begun: str,
    now: datetime,
) -> None:
    other = make_case(database, municipality, now, key="second")
    link = invite(database, other, now)
    late(app, client, begun, now)
    end = open_again(client, link)
    assert end.endswith("/1") and not end.startswith(begun)
    assert client.post(f"{end}/ventede").location == end
    assert answers(database, other) == {}
    assert open_again(client, token) == f"{begun}/2?sendt=1", "it waits for its own"


def test_who_goes_on_from_her_own_front_page_is_given_it_too(
    app: Flask,
    client: FlaskClient,
    database: Database,
    case: Case,
    begun: str,
    now: datetime,
    short_code: str,
) -> None:
    late(app, client, begun, now)
    client.post("/kode", data={"code": short_code, "pin": "4711"})
    way = client.post("/hjem/begynd/1")
    assert (way.status_code, way.location) == (307, f"{begun}/1/ventede")
    assert client.post(way.location).location == f"{begun}/2?sendt=1"
    assert answers(database, case) == {"belief_in_work": "4"}


def test_signing_out_takes_it_off_the_phone(
    app: Flask, client: FlaskClient, begun: str, now: datetime
) -> None:
    late(app, client, begun, now)
    client.post("/farvel")
    assert client.get_cookie(belated.COOKIE) is None


def test_long_words_are_given_back_to_be_copied_and_nothing_is_kept(
    app: Flask, client: FlaskClient, begun: str, now: datetime
) -> None:
    letters = random.Random(4)
    long = " ".join("".join(letters.choices("abcdefghijklmnopqrstuvwxyzæøå", k=7)) for _ in range(900))
    at(app, now + LATER)
    page = client.post(f"{begun}/4?paa=da", data={"wish": long})
    assert page.status_code == 401 and COPY in page.text and "Åbn linket i din SMS igen" in page.text
    assert boxes(page.text) == [long]
    assert client.get_cookie(belated.COOKIE) is None


def test_a_page_of_ordinary_words_has_room_in_the_cookie(
    app: Flask, client: FlaskClient, begun: str, now: datetime
) -> None:
    at(app, now + LATER)
    client.post(f"{begun}/4?paa=da", data={"wish": "Jeg vil gerne arbejde i en have igen. " * 100})
    cookie = client.get_cookie(belated.COOKIE)
    assert cookie is not None and len(cookie.value) <= belated.MOST_BYTES


def test_a_message_from_the_receipt_is_given_back_to_be_copied(
    app: Flask, client: FlaskClient, begun: str, now: datetime
) -> None:
    finish(client, begun)
    at(app, now + LATER)
    page = client.post(f"{begun}/skriv", data={"body": "Ring mig op"})
    assert page.status_code == 401 and boxes(page.text) == ["Ring mig op"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_posts_is_neither_kept_nor_shown(app: Flask, begun: str, site: str) -> None:
    stranger = app.test_client()
    for page, data in (("1", {"belief_in_work": "4"}), ("skriv", {"body": "Ring 12345678 nu"})):
        answer = stranger.post(f"{begun}/{page}", data=data, headers={"Sec-Fetch-Site": site})
        assert answer.location == "/svar" and "ventede" not in answer.headers.get("Set-Cookie", "")


def test_the_script_keeps_its_own(app: Flask, begun: str) -> None:
    answer = app.test_client().post(f"{begun}/1", data={"belief_in_work": "1"}, headers=HTMX)
    assert answer.status_code == 401 and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("sealed", ["x", "", "é", "a" * 4000])
def test_a_cookie_that_is_not_ours_is_no_answer(
    client: FlaskClient, token: str, begun: str, sealed: str
) -> None:
    client.set_cookie(belated.COOKIE, sealed)
    assert client.get("/svar").status_code == 401
    assert client.post(f"/{token}").location == f"{begun}/1"


def test_no_secret_stands_on_the_page_that_gives_words_back(app: Flask, begun: str) -> None:
    data = {"csrf_token": "x y", "body": "Ord", "pin": "47 11", "code": "AB CD", "letter": "a b"}
    assert boxes(app.test_client().post(f"{begun}/skriv", data=data).text) == ["Ord"]


def test_a_browser_that_has_lost_its_session_begins_answers_writes_and_chooses_all_the_same(
    app: Flask, token: str, client: FlaskClient, begun: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post(f"/{token}").status_code == 303
    assert client.post(f"/{token}/sprog", data={"sprog": "ar"}).status_code == 303
    finish(client, begun)
    for address, data in (
        ("skriv", {"body": "Jeg gik en tur"}),
        ("hjaelp", {"hjaelp": "alone"}),
        ("sprog", {"sprog": "da"}),
    ):
        assert client.post(f"{begun}/{address}", data=data).status_code == 303
    assert client.post("/visning", data={"theme": "dark"}).status_code == 303
    assert client.get_cookie("taletid") is None
    assert client.post("/hjem/dagbog", data={"body": "Ord"}).status_code == 400


def letter_to_her(page: str) -> dict[str, str]:
    """What the form of the receipt carries unseen."""
    return dict(re.findall(r'<input type="hidden" name="(hvis|skriver)" value="([^"]+)">', page))


def said_by_her(database: Database, case: Case) -> list[str]:
    with database.read(case.municipality_id) as session:
        entries = select(ThreadEntry).where(ThreadEntry.author == "citizen", ThreadEntry.body.is_not(None))
        return [str(each.body) for each in session.scalars(entries)]


def test_a_message_from_a_receipt_that_has_closed_is_sent_and_nothing_is_shown(
    app: Flask, client: FlaskClient, database: Database, case: Case, begun: str, now: datetime
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    finish(client, begun)
    carried = letter_to_her(client.get(f"{begun}/tak").text)
    assert set(carried) == {"hvis", "skriver"}
    at(app, now + timedelta(days=3))
    answer = client.post(f"{begun}/skriv", data={**carried, "body": "Ring mig op"})
    assert (answer.status_code, answer.location) == (303, "/svar")
    page = client.get("/svar")
    assert (
        page.status_code == 200 and "Din besked er sendt til" in page.text and "Ring mig op" not in page.text
    )
    assert said_by_her(database, case) == ["Ring mig op"]
    assert client.get(f"{begun}/tak").location == "/svar", "her answers stay closed"
    assert client.post(f"{begun}/hjaelp", data={**carried, "hjaelp": "friend"}).status_code == 401


def test_after_a_week_it_is_sent_once_she_has_given_her_pin(
    app: Flask,
    client: FlaskClient,
    database: Database,
    case: Case,
    begun: str,
    now: datetime,
    short_code: str,
) -> None:
    finish(client, begun)
    carried = letter_to_her(client.get(f"{begun}/tak").text)
    at(app, now + timedelta(days=8))
    asked = client.post(f"{begun}/skriv", data={**carried, "body": "Ring mig op"})
    assert asked.status_code == 401 and "Det, du sendte, er her endnu." in asked.text
    held = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.text))
    assert held["body"] == "Ring mig op"
    entered = client.post("/kode", data={**held, "code": short_code, "pin": "4711"})
    assert (entered.status_code, entered.location) == (307, f"{begun}/skriv")
    assert client.post(entered.location, data=held).location == f"{begun}/tak?skrevet=1"
    assert said_by_her(database, case) == ["Ring mig op"]


@pytest.mark.parametrize("change", [lambda seal: seal[:-2] + "xx", lambda _: "x", lambda _: ""])
def test_a_leave_to_write_that_is_not_ours_opens_nothing(
    app: Flask, client: FlaskClient, database: Database, case: Case, begun: str, now: datetime, change: object
) -> None:
    assert callable(change)
    finish(client, begun)
    carried = letter_to_her(client.get(f"{begun}/tak").text)
    stranger = app.test_client()
    data = {**carried, "skriver": change(carried["skriver"]), "body": "Ring mig op"}
    assert stranger.post(f"{begun}/skriv", data=data).status_code == 401
    assert said_by_her(database, case) == []


def test_a_leave_to_write_holds_for_its_own_form_alone(
    app: Flask,
    client: FlaskClient,
    database: Database,
    municipality: int,
    case: Case,
    begun: str,
    now: datetime,
) -> None:
    finish(client, begun)
    carried = letter_to_her(client.get(f"{begun}/tak").text)
    other = make_case(database, municipality, now, key="second")
    theirs = client.post(f"/{invite(database, other, now)}").location.rpartition("/")[0]
    answer = app.test_client().post(f"{theirs}/skriv", data={**carried, "body": "Ring"})
    assert answer.status_code == 401 and said_by_her(database, other) == []


def test_a_message_that_is_too_long_and_too_late_waits_for_her_pin(
    app: Flask, client: FlaskClient, database: Database, case: Case, begun: str, now: datetime
) -> None:
    finish(client, begun)
    carried = letter_to_her(client.get(f"{begun}/tak").text)
    at(app, now + LATER)
    long = "Ring mig op. " * 500
    answer = client.post(f"{begun}/skriv", data={**carried, "body": long})
    assert answer.status_code == 401 and long.strip() in answer.text
    assert said_by_her(database, case) == []
