"""Signing in: locks, codes used once, and passwords hashed anew, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from database.engine import Database
from portal.services import credentials
from portal.services.sign_in import Attempt, SignedIn, find_visitor, note_use, sign_in
from portal.store.audit import AuditEvent
from portal.store.people import Staff, StaffSession
from tests import factories
from tests.conftest import NOW

TOTP = pyotp.TOTP(factories.TOTP_SECRET)
IDLE = timedelta(minutes=30)


@pytest.fixture
def person(database: Database, municipality: int) -> Staff:
    with database.write(municipality) as session:
        return factories.add_staff(session, NOW)


def attempt(
    database: Database,
    person: Staff,
    at: datetime = NOW,
    password: str = factories.PASSWORD,
    code: str | None = None,
) -> SignedIn | None:
    return sign_in(database, Attempt(person.email, password, code or TOTP.at(at), "Firefox"), at)


def stored(database: Database, person: Staff) -> Staff:
    with database.read(person.municipality_id) as session:
        return session.get_one(Staff, person.id)


def actions(database: Database, person: Staff) -> list[str]:
    with database.read(person.municipality_id) as session:
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(
    database: Database, person: Staff
) -> None:
    for _ in range(5):
        assert attempt(database, person, password="forkert") is None
    assert attempt(database, person) is None
    assert attempt(database, person, NOW + timedelta(minutes=14, seconds=59)) is None
    assert attempt(database, person, NOW + timedelta(minutes=15)) is not None


def test_wrong_codes_lock_as_wrong_passwords_do(database: Database, person: Staff) -> None:
    for _ in range(5):
        assert attempt(database, person, code="000000") is None
    assert stored(database, person).locked_until == NOW + timedelta(minutes=15)
    assert actions(database, person) == ["sign_in.refused"] * 4 + ["account.locked"]


def test_the_right_things_end_the_counting(database: Database, person: Staff) -> None:
    for _ in range(4):
        attempt(database, person, password="forkert")
    assert attempt(database, person) is not None
    assert stored(database, person).failed_sign_ins == 0


def test_a_code_lets_in_once(database: Database, person: Staff) -> None:
    code = TOTP.at(NOW)
    assert attempt(database, person, code=code) is not None
    assert attempt(database, person, NOW + timedelta(seconds=20), code=code) is None


def test_a_code_older_than_the_last_one_used_lets_nobody_in(database: Database, person: Staff) -> None:
    older = TOTP.at(NOW - timedelta(seconds=30))
    assert attempt(database, person) is not None
    assert attempt(database, person, code=older) is None


@pytest.mark.parametrize(("off", "let_in"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_phones_clock_may_be_one_step_off(
    database: Database, person: Staff, off: int, let_in: bool
) -> None:
    code = TOTP.at(NOW + timedelta(seconds=off))
    assert (attempt(database, person, code=code) is not None) is let_in


def test_the_same_code_at_the_same_moment_lets_in_once(database: Database, person: Staff) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: attempt(database, person), range(4)))
    assert len([answer for answer in answers if answer]) == 1


def test_an_unknown_email_costs_a_hash_as_a_known_one_does(
    database: Database, person: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str | None] = []

    def note(hashed: str | None, password: str) -> bool:
        checked.append(hashed)
        return False

    monkeypatch.setattr(credentials, "password_fits", note)
    sign_in(database, Attempt("nobody@example.org", "x", "000000"), NOW)
    attempt(database, person)
    assert checked == [None, person.password_hash]


def test_nobodys_password_never_fits() -> None:
    assert not credentials.password_fits(None, "")
    assert not credentials.password_fits("not a hash", "x")


def test_a_hash_with_old_parameters_is_made_anew_at_sign_in(database: Database, person: Staff) -> None:
    assert credentials.needs_new_hash(person.password_hash)
    attempt(database, person)
    renewed = stored(database, person).password_hash
    assert not credentials.needs_new_hash(renewed)
    assert credentials.password_fits(renewed, factories.PASSWORD)


def test_a_deactivated_account_lets_nobody_in(database: Database, person: Staff) -> None:
    with database.write(person.municipality_id) as session:
        session.get_one(Staff, person.id).is_active = False
    assert attempt(database, person) is None


def test_the_token_itself_is_not_in_the_database(database: Database, person: Staff) -> None:
    signed_in = attempt(database, person)
    assert signed_in is not None
    with database.read(person.municipality_id) as session:
        row = session.scalars(select(StaffSession)).one()
    assert signed_in.token not in {str(value) for value in vars(row).values()}
    assert signed_in.token not in repr(signed_in)


def test_a_sessions_use_is_written_at_most_once_a_minute(database: Database, person: Staff) -> None:
    signed_in = attempt(database, person)
    assert signed_in is not None

    def seen(seconds: int) -> datetime:
        at = NOW + timedelta(seconds=seconds)
        visitor = find_visitor(database, signed_in.token, at, IDLE)
        assert visitor is not None
        note_use(database, visitor, at)
        with database.read(person.municipality_id) as session:
            return session.scalars(select(StaffSession)).one().last_seen_at

    assert seen(59) == NOW
    assert seen(60) == NOW + timedelta(seconds=60)
    assert seen(100) == NOW + timedelta(seconds=60)
