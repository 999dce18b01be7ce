"""The municipality that a session is held to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from portal.domain.colours import OwnColour, judge
from portal.store.brands import Brand
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
    """For a session that looks across municipalities: only the number says whose SMS it is."""
    return session.scalar(select(Municipality.id).where(Municipality.reply_number == number))


def id_by_whatsapp_number(session: Session, number: str) -> int | None:
    """As above, for a message on WhatsApp."""
    return session.scalar(select(Municipality.id).where(Municipality.whatsapp_number == number))


class Taken(StrEnum):
    """What another municipality has already."""

    SLUG = "slug"
    SENDER = "sender"
    REPLY_NUMBER = "reply_number"


class Listed(NamedTuple):
    municipality: Municipality
    staff: int
    citizens: int


def has_demo(session: Session) -> bool:
    """For a session that looks across municipalities, as the next two."""
    return session.scalar(select(Municipality.id).where(Municipality.is_demo).limit(1)) is not None


def taken(session: Session, slug: str, sender: str, reply_number: str | None) -> tuple[Taken, ...]:
    """Two who send under one name could not be told apart. A number is one whether SMS or WhatsApp uses it."""
    numbers = or_(Municipality.reply_number == reply_number, Municipality.whatsapp_number == reply_number)
    conditions = {
        Taken.SLUG: Municipality.slug == slug,
        Taken.SENDER: func.lower(Municipality.sms_sender) == sender.lower(),
        Taken.REPLY_NUMBER: numbers,
    }
    return tuple(
        what
        for what, condition in conditions.items()
        if (what is not Taken.REPLY_NUMBER or reply_number)
        and session.scalar(select(Municipality.id).where(condition).limit(1)) is not None
    )


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
