"""What a municipality sets about its citizens' rights: the copy by PIN, and what the public pages say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.store import audit, rights

REGISTER = ("https://was.digst.dk/", "https://www.was.digst.dk/")
"""Where the state keeps accessibility statements."""
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_EMAIL = 120
LONGEST_DPO = 200
LONGEST_URL = 200


class Problem(StrEnum):
    EMAIL = "email"
    TOO_LONG = "too_long"
    DAY = "day"
    STATEMENT = "statement"


@dataclass(frozen=True)
class Typed:
    download_by_pin: bool = False
    email: str = ""
    dpo: str = ""
    reviewed_on: str = ""
    statement_url: str = ""


@dataclass(frozen=True)
class Published:
    """What the public pages say; empty where nothing is set."""

    email: str = ""
    dpo: str = ""
    statement_url: str = ""
    reviewed_on: date | None = None


def published(session: Session) -> Published:
    row = rights.settings(session)
    return Published(row.email or "", row.dpo or "", row.statement_url or "", row.reviewed_on)


def typed(session: Session) -> Typed:
    """As the form shows what is set."""
    row = rights.settings(session)
    reviewed = row.reviewed_on.isoformat() if row.reviewed_on else ""
    return Typed(row.download_by_pin, row.email or "", row.dpo or "", reviewed, row.statement_url or "")


def check(given: Typed, today: date) -> dict[str, Problem]:
    """By field; a statement cannot have been gone through in the future."""
    problems = {}
    if given.email and (len(given.email) > LONGEST_EMAIL or not _EMAIL.fullmatch(given.email)):
        problems["email"] = Problem.EMAIL
    if len(given.dpo) > LONGEST_DPO:
        problems["dpo"] = Problem.TOO_LONG
    url = given.statement_url
    if url and (len(url) > LONGEST_URL or not url.startswith(REGISTER) or len(url.split()) > 1):
        problems["statement_url"] = Problem.STATEMENT
    day = _day(given.reviewed_on)
    if given.reviewed_on and (day is None or day > today):
        problems["reviewed_on"] = Problem.DAY
    return problems


def save(session: Session, given: Typed, staff_id: int, now: datetime, today: date) -> dict[str, Problem]:
    """Nothing is kept where there is a problem."""
    problems = check(given, today)
    if not problems:
        row = rights.settings(session)
        row.download_by_pin = given.download_by_pin
        row.email, row.dpo = given.email or None, given.dpo or None
        row.statement_url = given.statement_url or None
        row.reviewed_on = _day(given.reviewed_on)
        session.add(row)
        audit.record(session, "rights.settings_changed", now, staff_id=staff_id)
    return problems


def _day(typed_day: str) -> date | None:
    try:
        return date.fromisoformat(typed_day)
    except ValueError:
        return None
