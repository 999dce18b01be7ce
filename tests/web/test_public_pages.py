"""Pages for anyone: they say the same to all, hold nothing of anybody, and say what the law wants said."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from i18n.plain_language import TARGET, readability
from i18n.texts import shipped_catalogs
from messaging.outbox import OutboxMessage
from portal.services import rights_settings
from portal.services.invitations import send_questionnaire
from portal.services.rights_settings import Typed
from portal.store.answering import Link
from portal.store.people import Citizen
from portal.web.phones import as_read
from tests.cases import Case
from tests.conftest import add_municipality
from tests.journeys import answer_whole_form, invite, sign_in_by_pin

PAGES = ("/aegte", "/privatliv", "/tilgaengelighed")
CATALOGS = shipped_catalogs()


def publish(database: Database, case: Case, given: Typed, now: datetime) -> None:
    with database.write(case.municipality_id) as session:
        assert rights_settings.save(session, given, case.staff_id, now, now.date()) == {}


@pytest.mark.parametrize("address", PAGES)
def test_they_may_be_kept_on_the_way_and_set_no_cookie(
    client: FlaskClient, municipality: int, address: str
) -> None:
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert {each.strip() for each in answer.headers["Vary"].split(",")} >= {"Cookie", "Accept-Language"}
    assert "Set-Cookie" not in answer.headers and "csrf" not in answer.text
    chosen = client.get(f"{address}?sprog=en")
    assert chosen.headers["Cache-Control"] == "no-store" and "Set-Cookie" in chosen.headers


@pytest.mark.parametrize("address", PAGES)
def test_they_hold_nothing_of_who_is_signed_in(
    client: FlaskClient,
    database: Database,
    case: Case,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    before = client.get(address, headers={"Accept-Language": "da"}).text
    sign_in_by_pin(client, database, case, now)
    assert client.get(address, headers={"Accept-Language": "da"}).text == before


@pytest.mark.parametrize("address", PAGES)
def test_where_there_are_several_municipalities_each_has_its_own_page(
    client: FlaskClient, database: Database, municipality: int, address: str
) -> None:
    add_municipality(database, "oby", "+4520900001")
    assert "Åkøbing" not in client.get(address).text
    assert client.get(address).status_code == 200
    assert "Åkøbing Kommune" in client.get(f"{address}/aakoebing").text
    assert client.get(f"{address}/andeby").status_code == 404


def test_is_it_real_says_who_our_sms_come_from_and_the_way_in_without_a_link(
    client: FlaskClient, municipality: int
) -> None:
    page = client.get("/aegte").text
    for said in (
        "Aakoebing",
        as_read("+4510900000"),
        "De har aldrig et link",
        "CPR-nummer",
        "MitID",
        "dit kort",
    ):
        assert said in page
    assert (
        'class="button" href="/"' in page
        and 'href="tel:+4510700000"' in page
        and 'href="/hjem/samtale"' in page
    )


def test_the_accessibility_statement_has_what_the_law_wants(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    before = client.get("/tilgaengelighed").text
    assert "Kommunen har ikke set på det her endnu." in before
    statement = "https://www.was.digst.dk/svar-aakoebing-dk"
    given = Typed(email="job@aakoebing.example", reviewed_on="2026-11-02", statement_url=statement)
    publish(database, case, given, now)
    page = client.get("/tilgaengelighed").text
    for said in ("delvist i overensstemmelse", "skærmlæser til daglig", "er udkast", "2. november 2026"):
        assert said in page
    assert "tel:+4510700000" in page and "mailto:job@aakoebing.example" in page and "20 16 36 12" in page
    assert client.get("/was").location == statement


def test_the_short_address_of_the_law_leads_to_our_page_until_there_is_a_register_entry(
    client: FlaskClient, municipality: int
) -> None:
    assert client.get("/was").location == "/tilgaengelighed"


def test_the_privacy_notice_says_who_why_how_long_and_where_to_complain(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    publish(database, case, Typed(dpo="Ida, dpo@aakoebing.example"), now)
    page = client.get("/privatliv").text
    for said in ("Åkøbing Kommune", "inden en måned", "Datatilsynet", "dpo@aakoebing.example", "artikel 6"):
        assert said in page
    folded = page.split("<details>")[-2]
    assert "skal bekræfte teksten" in folded or "skal bekræfte teksten" in page.split("Det står i loven")[1]


@pytest.mark.parametrize("page", ["privacy", "accessibility", "real"])
def test_each_is_easy_to_read_as_a_whole(page: str) -> None:
    texts = [CATALOGS.texts("da")(key, **VALUES) for key in CATALOGS.keys("public") if f".{page}." in key]
    assert (readability("\n".join(texts)).lix or 0) <= TARGET


VALUES = {
    **{"municipality": "Åkøbing Kommune", "office": "Job og Vejledning", "host": "svar.dk"},
    **{"day": "1. maj", "name": "Aakoebing", "number": "12345678", "address": "svar.dk"},
}


def test_every_page_of_hers_leads_to_all_three(client: FlaskClient, municipality: int) -> None:
    page = client.get("/kode").text
    assert all(f'href="{address}"' in page for address in PAGES)


def expire(database: Database, case: Case) -> None:
    with database.write(case.municipality_id) as session:
        for link in session.scalars(select(Link)):
            link.expires_at = link.created_at


def sms(database: Database, case: Case) -> int:
    with database.read(case.municipality_id) as session:
        return len(session.scalars(select(OutboxMessage.id)).all())


def test_a_used_link_sends_a_new_one_to_what_waits_and_says_the_same_where_nothing_does(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    token = invite(database, case, now)
    answer_whole_form(client, token)
    assert "Send mig et nyt link" in client.get(f"/{token}").text
    before = sms(database, case)
    nothing = client.post(f"/{token}/nyt").text
    assert sms(database, case) == before
    with database.write(case.municipality_id) as session:
        send_questionnaire(session, case.citizen_id, case.counterpart_id, case.staff_id, now)
    waiting = client.post(f"/{token}/nyt").text
    assert waiting == nothing and "Mette" not in waiting
    after = sms(database, case)
    client.post(f"/{token}/nyt")
    assert after == before + 2 and sms(database, case) == after


def test_who_has_another_womans_number_says_so_on_an_old_link_too(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    token = invite(database, case, now)
    expire(database, case)
    page = client.get(f"/{token}")
    assert page.status_code == 410 and "Det er ikke mig" in page.text and "Mette" not in page.text
    client.post(f"/{token}/ikke-mig")
    with database.read(case.municipality_id) as session:
        assert session.get_one(Citizen, case.citizen_id).frozen_at == now


def test_a_link_that_went_to_a_former_number_cannot_freeze_the_one_she_has_now(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    token = invite(database, case, now)
    with database.write(case.municipality_id) as session:
        session.scalars(select(Link)).one().revoked_at = now
    assert "Tak, fordi du sagde det" in client.post(f"/{token}/ikke-mig").text
    with database.read(case.municipality_id) as session:
        assert session.get_one(Citizen, case.citizen_id).frozen_at is None


def test_a_statement_from_before_is_told_with_its_day(
    client: FlaskClient, database: Database, case: Case, now: datetime
) -> None:
    publish(database, case, Typed(reviewed_on=date(2026, 1, 5).isoformat()), now)
    assert "5. januar 2026" in client.get("/tilgaengelighed").text
