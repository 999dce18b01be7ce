"""The administrator's pages: accounts and the audit log."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from database.engine import Database
from portal.services import credentials
from portal.store import audit
from portal.store.audit import AuditEvent
from portal.store.people import Staff, Team
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.web.conftest import sign_in_as


class Office:
    def __init__(self, database: Database, slug: str = "aakoebing", number: str = "+4520900000") -> None:
        self.database = database
        self.id = add_municipality(database, slug, number)
        with database.write(self.id) as session:
            self.team: Team = factories.add_team(session)
            self.boss: Staff = factories.add_staff(session, NOW, role="administrator", name="Ada Holm")
            self.lone: Staff = factories.add_staff(session, NOW, team=self.team)

    def actions(self) -> list[str]:
        with self.database.read(self.id) as session:
            return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))

    def person(self, staff_id: int) -> Staff:
        with self.database.read(self.id) as session:
            return session.get_one(Staff, staff_id)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


@pytest.fixture
def boss(client: FlaskClient, database: Database, office: Office) -> FlaskClient:
    sign_in_as(client, database, office.boss)
    return client


def new_person(office: Office, **values: object) -> dict[str, object]:
    return {
        "name": "Poul Ny",
        "email": "poul@example.org",
        "role": "caseworker",
        "team_id": office.team.id,
    } | values


def shown(page: str) -> tuple[str, str]:
    """The password and the secret that the page shows."""
    password, secret = re.findall(r"<code>([^<]+)</code>", page)
    return password, secret


def test_a_new_person_can_sign_in_with_what_the_page_shows_once(
    app: Flask, boss: FlaskClient, office: Office
) -> None:
    page = boss.post("/administration/ny", data=new_person(office))
    assert page.headers["Cache-Control"] == "no-store"
    password, secret = shown(page.text)
    form = {"email": "poul@example.org", "password": password, "code": pyotp.TOTP(secret).at(NOW)}
    assert app.test_client().post("/log-ind", data=form).status_code == 303
    assert office.actions()[:2] == ["account.added", "session.began"]


def test_the_square_code_needs_no_style_that_the_policy_forbids(boss: FlaskClient, office: Office) -> None:
    page = boss.post("/administration/ny", data=new_person(office)).text
    assert "<svg" in page
    assert not re.search(r"<svg[^>]*style=|<path[^>]*style=", page)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "poul"}, "email"),
        ({"role": "citizen_pin"}, "role"),
        ({"role": ""}, "role"),
        ({"team_id": ""}, "team_id"),
        ({"team_id": "9999"}, "team_id"),
        ({"team_id": "x"}, "team_id"),
    ],
)
def test_a_wrong_form_keeps_what_was_typed_and_says_what_is_wrong(
    boss: FlaskClient, office: Office, wrong: dict[str, str], field: str
) -> None:
    answer = boss.post("/administration/ny", data=new_person(office, **wrong))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert f'aria-describedby="{field}-error"' in answer.text.replace(f"{field}-hint ", "")
    assert office.actions() == []


def test_an_email_has_one_account_in_all_municipalities(
    boss: FlaskClient, database: Database, office: Office
) -> None:
    other = Office(database, "oby", "+4520900001")
    answer = boss.post("/administration/ny", data=new_person(office, email=other.lone.email.upper()))
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


def test_a_reset_ends_the_persons_sessions_and_the_old_password(
    app: Flask, boss: FlaskClient, database: Database, office: Office
) -> None:
    theirs = app.test_client()
    sign_in_as(theirs, database, office.lone)
    password, secret = shown(boss.post(f"/administration/{office.lone.id}/nulstil").text)
    assert theirs.get("/konto").status_code == 302
    stored = office.person(office.lone.id)
    assert credentials.password_fits(stored.password_hash, password)
    assert not credentials.password_fits(stored.password_hash, factories.PASSWORD)
    assert stored.totp_secret == secret
    assert office.actions() == ["account.reset"]


def test_a_locked_account_is_unlocked(boss: FlaskClient, database: Database, office: Office) -> None:
    with database.write(office.id) as session:
        session.get_one(Staff, office.lone.id).locked_until = NOW + timedelta(minutes=9)
    assert "Låst til kl. 11.09" in boss.get(f"/administration/{office.lone.id}").text
    boss.post(f"/administration/{office.lone.id}/laas-op")
    assert office.person(office.lone.id).locked_until is None
    assert office.actions() == ["account.unlocked"]


def test_a_closed_account_can_be_opened_again(boss: FlaskClient, office: Office) -> None:
    boss.post(f"/administration/{office.lone.id}/luk")
    assert not office.person(office.lone.id).is_active
    boss.post(f"/administration/{office.lone.id}/aabn")
    assert office.person(office.lone.id).is_active
    assert office.actions() == ["account.deactivated", "account.activated"]


def test_nobody_closes_her_own_account(boss: FlaskClient, office: Office) -> None:
    boss.post(f"/administration/{office.boss.id}/luk")
    assert office.person(office.boss.id).is_active
    assert office.actions() == []


def test_the_accounts_of_another_municipality_do_not_exist_here(
    boss: FlaskClient, database: Database, office: Office
) -> None:
    other = Office(database, "oby", "+4520900001").lone.id
    assert boss.get(f"/administration/{other}").status_code == 404
    for action in ("nulstil", "laas-op", "luk", "aabn"):
        assert boss.post(f"/administration/{other}/{action}").status_code == 404


def change_password(client: FlaskClient, current: str, new: str) -> int:
    return client.post("/konto/adgangskode", data={"current": current, "new": new}).status_code


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(
    app: Flask, boss: FlaskClient, database: Database, office: Office
) -> None:
    elsewhere = app.test_client()
    sign_in_as(elsewhere, database, office.boss)
    assert change_password(boss, factories.PASSWORD, "en helt ny adgangskode") == 303
    assert boss.get("/konto").status_code == 200
    assert elsewhere.get("/konto").status_code == 302
    stored = office.person(office.boss.id).password_hash
    assert credentials.password_fits(stored, "en helt ny adgangskode")
    assert office.actions() == ["account.password_changed"]


@pytest.mark.parametrize(("current", "new"), [("forkert", "en helt ny adgangskode"), (None, "for kort")])
def test_a_password_is_changed_by_who_knows_it_to_a_long_one(
    boss: FlaskClient, office: Office, current: str | None, new: str
) -> None:
    assert change_password(boss, current or factories.PASSWORD, new) == 422
    assert office.actions() == []


def add_events(office: Office, number: int) -> int:
    with office.database.write(office.id) as session:
        citizen = factories.add_citizen(session, NOW, office.lone, first_name="Fatima")
        for index in range(number):
            action = "session.began" if index % 2 else "account.added"
            audit.record(session, action, NOW, staff_id=office.lone.id, subject=f"nummer {index}.")
        audit.record(session, "sign_in.refused", NOW, staff_id=office.boss.id, citizen_id=citizen.id)
        return citizen.id


def test_the_log_names_who_did_what_to_whom(boss: FlaskClient, office: Office) -> None:
    add_events(office, 1)
    page = boss.get("/logbog").text
    for name in ("Ada Holm", "Lone Kjær", "Fatima Holm", "Forkert forsøg på at logge ind"):
        assert name in page


def test_the_log_is_read_page_by_page(boss: FlaskClient, office: Office) -> None:
    add_events(office, 119)
    seen: list[str] = []
    address: str | None = "/logbog"
    while address:
        page = boss.get(address).text
        seen += re.findall(r"nummer \d+\.", page)
        older = re.search(r'href="(/logbog\?foer=\d+)"', page)
        address = older[1] if older else None
    assert seen == [f"nummer {index}." for index in reversed(range(119))]


def test_the_log_can_be_narrowed(boss: FlaskClient, office: Office) -> None:
    citizen = add_events(office, 6)
    for query, rows in (
        (f"medarbejder={office.lone.id}", 6),
        (f"borger={citizen}", 1),
        ("handling=session.began", 3),
        (f"medarbejder={office.boss.id}&handling=session.began", 0),
    ):
        page = boss.get(f"/logbog?{query}").text
        assert page.count("<tr>") == (rows + 1 if rows else 0), query


def test_the_log_asks_a_fixed_number_of_queries(boss: FlaskClient, office: Office) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(
        office.database.engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2])
    )
    add_events(office, 1)
    counts = []
    for _ in range(2):
        boss.get("/logbog")
        asked.clear()
        boss.get("/logbog")
        counts.append(len([statement for statement in asked if statement.startswith("SELECT")]))
        add_events(office, 40)
    assert counts[0] == counts[1] <= 6


def test_the_log_calls_colleagues_and_teams_by_their_names(boss: FlaskClient, office: Office) -> None:
    with office.database.write(office.id) as session:
        for subject in (
            f"staff {office.lone.id}",
            f"staff {office.boss.id} from {office.lone.id}",
            f"red team {office.team.id}",
            "grey team all",
            f"team {office.team.id}",
            "staff 4711",
            "text citizen.start.title",
        ):
            audit.record(session, "session.began", NOW, staff_id=office.boss.id, subject=subject)
    cells = re.findall(r'data-title="Vedrører">(.*?)</td>', boss.get("/logbog").text)
    assert cells == [
        "text citizen.start.title",
        "4711",
        "Team Åen",
        "Grå, Alle teams",
        "Rød, Team Åen",
        "Ada Holm, fra Lone Kjær",
        "Lone Kjær",
    ]


def test_an_address_that_is_nobodys_shows_who_is_signed_in_her_own_menu(
    app: Flask, boss: FlaskClient, office: Office
) -> None:
    mistyped = boss.get("/anmodning", headers={"Accept-Language": "en"})
    assert mistyped.status_code == 404
    assert 'href="/teams"' in mistyped.text and 'lang="da"' in mistyped.text
    anybody = app.test_client().get("/anmodning", headers={"Accept-Language": "en"})
    assert anybody.status_code == 404 and 'lang="en"' in anybody.text
