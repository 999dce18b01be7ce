"""The municipality that a session is held to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.orm import Session

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from portal.domain.colours import OwnColour, judge
from portal.store import former_senders
from portal.store.brands import Brand
from portal.store.former_senders import FormerSender
from portal.store.kept import of_the_house
from portal.store.people import Citizen, Staff

LOOK_AGAIN_SECONDS = 60.0


@dataclass(frozen=True)
class Office:
    """What every page of a citizen says of the municipality that asks."""

    municipality: str
    name: str
    phone: str
    brand: Brand | None = None
    """Where its logo is, detached; None where it has chosen nothing."""
    colours: OwnColour | None = None
    slug: str = ""
    sms_sender: str = ""
    reply_number: str = ""


_OWN = select(Municipality)
"""Made once: so it is narrowed to each municipality once."""
_WITH_BRAND = select(Municipality, Brand).outerjoin(Brand, Brand.municipality_id == Municipality.id)


def own(session: Session) -> Municipality:
    return of_the_house(session, Municipality, lambda: session.scalars(_OWN).one())


def id_by_reply_number(session: Session, number: str) -> int | None:
    """For a session that looks across municipalities: only the number says whose SMS it is. Who had it before hears of
    it until it is given up, or another has it: a citizen answers the SMS that she has on her phone."""
    now = session.scalar(select(Municipality.id).where(Municipality.reply_number == number))
    return now if now is not None else former_senders.municipality_by_number(session, number)


def id_by_whatsapp_number(session: Session, number: str) -> int | None:
    """As above, for a message on WhatsApp."""
    return session.scalar(select(Municipality.id).where(Municipality.whatsapp_number == number))


class Taken(StrEnum):
    """What another municipality has already."""

    SENDER = "sender"
    REPLY_NUMBER = "reply_number"


class Listed(NamedTuple):
    municipality: Municipality
    staff: int
    citizens: int


def has_demo(session: Session) -> bool:
    """For a session that looks across municipalities, as the next two."""
    return session.scalar(select(Municipality.id).where(Municipality.is_demo).limit(1)) is not None


def has_slug(session: Session, slug: str) -> bool:
    return session.scalar(select(Municipality.id).where(Municipality.slug == slug).limit(1)) is not None


def taken(
    session: Session, sender: str, reply_number: str | None, *, but: int | None = None
) -> tuple[Taken, ...]:
    """What a municipality, other than ``but``, has or has had and not given up: two who send under one name could not
    be told apart. A number is one whether SMS or WhatsApp uses it."""
    found = []
    if _is_used(session, func.lower(Municipality.sms_sender) == sender.lower(), sender, but):
        found.append(Taken.SENDER)
    in_use = or_(Municipality.reply_number == reply_number, Municipality.whatsapp_number == reply_number)
    if reply_number and _is_used(session, in_use, reply_number, but):
        found.append(Taken.REPLY_NUMBER)
    return tuple(found)


def _is_used(session: Session, now: ColumnElement[bool], address: str, but: int | None) -> bool:
    former = func.lower(FormerSender.address) == address.lower()
    users = union_all(
        select(Municipality.id.label("user")).where(now), select(FormerSender.municipality_id).where(former)
    ).subquery()
    query = select(users.c.user).where(users.c.user.is_distinct_from(but)).limit(1)
    return session.scalar(query) is not None


def listed(session: Session) -> Sequence[Listed]:
    """All of them by their short names, with how many active staff and how many citizens each has."""
    staff = select(func.count(Staff.id)).where(Staff.municipality_id == Municipality.id, Staff.is_active)
    citizens = select(func.count(Citizen.id)).where(Citizen.municipality_id == Municipality.id)
    query = select(Municipality, staff.scalar_subquery(), citizens.scalar_subquery())
    return [Listed(*row) for row in session.execute(query.order_by(Municipality.slug))]


class Offices:
    """Held in memory for a minute: no page of a form asks the database who asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: dict[int, tuple[float, Office]] = {}

    def only(self) -> Office | None:
        """Of an installation for one municipality; None where there are several, for then who reads may belong
        to any of them."""
        only = self.only_id()
        return None if only is None else self.of(only)

    def only_id(self) -> int | None:
        with self._database.read(EVERYONE) as session:
            ids = session.scalars(select(Municipality.id).limit(2)).all()
        return ids[0] if len(ids) == 1 else None

    def by_slug(self, slug: str) -> int | None:
        with self._database.read(EVERYONE) as session:
            return session.scalar(select(Municipality.id).where(Municipality.slug == slug))

    def forget(self, municipality_id: int) -> None:
        """What was changed here shows at once; the other processes ask again within the minute."""
        self._held.pop(municipality_id, None)

    def of(self, municipality_id: int) -> Office:
        asked_at, office = self._held.get(municipality_id, (0.0, None))
        if office is None or time.monotonic() - asked_at > LOOK_AGAIN_SECONDS:
            with self._database.read(municipality_id) as session:
                row, brand = session.execute(_WITH_BRAND).one()
            judged = judge(brand.colour) if brand is not None and brand.colour else None
            office = Office(
                *(row.name, row.office_name, row.office_phone),
                brand,
                judged if isinstance(judged, OwnColour) else None,
                *(row.slug, row.sms_sender, row.reply_number or ""),
            )
            self._held[municipality_id] = (time.monotonic(), office)
        return office
