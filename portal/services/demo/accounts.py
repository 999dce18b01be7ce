"""With whom the demo can be tried: staff with their codes, citizens with short code and PIN.

Never anybody outside a demo: their codes are nobody's to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import pyotp
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from database.base import Municipality
from portal.content import demo_people as content
from portal.services.credentials import STEP_SECONDS
from portal.store.people import Citizen, Staff

Person = TypeVar("Person", Staff, Citizen)
NAMES = frozenset((each.first_name, each.last_name) for each in content.KNOWN)


@dataclass(frozen=True)
class Account:
    """``code`` is today's second factor at this moment; see `seconds_left`."""

    name: str
    role: str
    email: str
    code: str


@dataclass(frozen=True)
class DemoCitizen:
    name: str
    language: str
    phone: str
    short_code: str


def accounts(session: Session, now: datetime) -> list[Account]:
    """Needs a session that looks across municipalities, as `citizens` does."""
    return [
        Account(each.name, each.role, each.email, pyotp.TOTP(each.totp_secret, interval=STEP_SECONDS).at(now))
        for each in session.scalars(_in_demos(select(Staff), Staff).where(Staff.is_active))
    ]


def citizens(session: Session) -> list[DemoCitizen]:
    """Those whose PIN is `content.PIN` and whom somebody who tries the product will meet first."""
    return [
        DemoCitizen(f"{each.first_name} {each.last_name}", each.language, each.phone, each.short_code)
        for each in session.scalars(_in_demos(select(Citizen), Citizen))
        if (each.first_name, each.last_name) in NAMES
    ]


def seconds_left(now: datetime) -> int:
    """Until the codes change: 1..30."""
    return STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS


def _in_demos(query: Select[Person], kind: type[Staff | Citizen]) -> Select[Person]:
    owner = Municipality.id == kind.municipality_id
    return query.join(Municipality, owner).where(Municipality.is_demo).order_by(kind.id)
