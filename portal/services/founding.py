"""A new municipality: its row, the shipped questionnaires and its first administrator, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE, TenantSession
from portal.domain import founding as rules
from portal.domain.access import Role
from portal.services import accounts, publishing
from portal.services.accounts import Credentials
from portal.services.numbers import e164
from portal.store import municipalities
from portal.store.municipalities import Taken

LONGEST_PHONE = 20


class Problem(StrEnum):
    """What stands in the way; which value it is about is in the name."""

    IS_A_DEMO = "is_a_demo"
    NAME = "name"
    SLUG = "slug"
    SLUG_TAKEN = "slug_taken"
    OFFICE_NAME = "office_name"
    OFFICE_PHONE = "office_phone"
    SENDER = "sender"
    SENDER_TAKEN = "sender_taken"
    REPLY_NUMBER = "reply_number"
    REPLY_NUMBER_TAKEN = "reply_number_taken"
    ADMIN_NAME = "admin_name"
    ADMIN_EMAIL = "admin_email"
    ADMIN_EMAIL_TAKEN = "admin_email_taken"


@dataclass(frozen=True)
class Wanted:
    """As it was typed. An empty ``slug`` is made from the name; an empty ``reply_number`` is none."""

    name: str
    office_name: str
    office_phone: str
    sender: str
    admin_name: str
    admin_email: str
    reply_number: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Founded:
    slug: str
    questionnaires: int
    administrator: Credentials


@dataclass(frozen=True)
class Refused:
    problems: tuple[Problem, ...]


class _NotFoundedError(Exception):
    """Takes the transaction back."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def found(database: Database, wanted: Wanted, now: datetime) -> Founded | Refused:
    """One transaction. A database that holds a demo is refused: its accounts are known to everybody."""
    try:
        with database.write(EVERYONE) as everyone:
            problems = tuple(_problems(everyone, wanted))
            return Refused(problems) if problems else _found(everyone, wanted, now)
    except _NotFoundedError as error:
        return Refused((error.problem,))
    except IntegrityError:  # somebody else has taken the same name or number in this very moment
        return Refused((Problem.SLUG_TAKEN,))


def _found(everyone: TenantSession, wanted: Wanted, now: datetime) -> Founded:
    municipality = Municipality(
        slug=_slug(wanted),
        name=rules.tidy(wanted.name),
        office_name=rules.tidy(wanted.office_name),
        office_phone=rules.tidy(wanted.office_phone),
        sms_sender=wanted.sender.strip(),
        reply_number=e164(wanted.reply_number),
        created_at=now,
    )
    everyone.add(municipality)
    everyone.flush()
    # A second session in the same transaction, which stamps and checks the rows.
    with TenantSession(municipality.id, bind=everyone.connection(), expire_on_commit=False) as session:
        shipped = publishing.ship(session, now)
        given = accounts.add_account(session, _administrator(wanted), None, now)
        session.flush()
    if not isinstance(given, Credentials):
        raise _NotFoundedError(_ADMIN_PROBLEMS[next(iter(given.problems.values()))])
    return Founded(municipality.slug, len(shipped), given)


_ADMIN_PROBLEMS = {
    accounts.Problem.NAME: Problem.ADMIN_NAME,
    accounts.Problem.EMAIL: Problem.ADMIN_EMAIL,
    accounts.Problem.EMAIL_TAKEN: Problem.ADMIN_EMAIL_TAKEN,
}


def _administrator(wanted: Wanted) -> accounts.Wanted:
    return accounts.Wanted(wanted.admin_name, wanted.admin_email, Role.ADMINISTRATOR.value, None)


def _problems(session: Session, wanted: Wanted) -> Iterator[Problem]:
    if municipalities.has_demo(session):
        yield Problem.IS_A_DEMO
        return
    phone, number = rules.tidy(wanted.office_phone), wanted.reply_number.strip()
    has_name = rules.is_name(rules.tidy(wanted.name))
    wrong = {
        Problem.NAME: not has_name,
        Problem.SLUG: not rules.is_slug(_slug(wanted)) and (has_name or wanted.slug != ""),
        Problem.OFFICE_NAME: not rules.is_name(rules.tidy(wanted.office_name)),
        Problem.OFFICE_PHONE: e164(phone) is None or len(phone) > LONGEST_PHONE,
        Problem.SENDER: not rules.is_sender(wanted.sender.strip()),
        Problem.REPLY_NUMBER: bool(number) and e164(number) is None,
    }
    yield from (problem for problem, holds in wrong.items() if holds)
    if municipalities.has_slug(session, _slug(wanted)):
        yield Problem.SLUG_TAKEN
    taken = municipalities.taken(session, wanted.sender.strip(), e164(number))
    yield from (_TAKEN[each] for each in taken)
    yield from (_ADMIN_PROBLEMS[each] for each in accounts.wrong_person(_administrator(wanted)))


_TAKEN = {
    Taken.SENDER: Problem.SENDER_TAKEN,
    Taken.REPLY_NUMBER: Problem.REPLY_NUMBER_TAKEN,
}


def _slug(wanted: Wanted) -> str:
    return wanted.slug.strip() or rules.slug_from(rules.tidy(wanted.name))
