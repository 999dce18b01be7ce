"""What an administrator sets about how the municipality appears to citizens: names, telephone, colour, logo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.domain.colours import NoColour, TooPale, judge
from portal.services.files.logo import Logo
from portal.store import audit, brands, municipalities
from portal.store.brands import Brand

LONGEST = {"name": 80, "office_name": 80, "office_phone": 20}
_PHONE = re.compile(r"\+?[0-9][0-9 ]{6,18}")


class Problem(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    PHONE = "phone"
    COLOUR = "colour"


@dataclass(frozen=True)
class Appearance:
    """As it is typed; ``colour`` is empty for the product's own."""

    name: str
    office_name: str
    office_phone: str
    colour: str


def appearance(session: Session) -> tuple[Appearance, Brand | None]:
    row, brand = municipalities.own(session), brands.of_municipality(session)
    return Appearance(row.name, row.office_name, row.office_phone, (brand and brand.colour) or ""), brand


def check(typed: Appearance) -> dict[str, Problem | TooPale]:
    """What is wrong, by field."""
    wrong: dict[str, Problem | TooPale] = {}
    for field, most in LONGEST.items():
        value = getattr(typed, field)
        if not value:
            wrong[field] = Problem.EMPTY
        elif len(value) > most:
            wrong[field] = Problem.TOO_LONG
    if "office_phone" not in wrong and not _PHONE.fullmatch(typed.office_phone):
        wrong["office_phone"] = Problem.PHONE
    judged = judge(typed.colour) if typed.colour else None
    if isinstance(judged, NoColour):
        wrong["colour"] = Problem.COLOUR
    elif isinstance(judged, TooPale):
        wrong["colour"] = judged
    return wrong


def save(
    session: Session,
    typed: Appearance,
    logo: Logo | None,
    staff_id: int,
    now: datetime,
    *,
    drop_logo: bool = False,
) -> dict[str, Problem | TooPale]:
    """Nothing is kept when something is wrong. ``logo``: a new one, None for the one that is there."""
    wrong = check(typed)
    if wrong:
        return wrong
    row, brand = municipalities.own(session), brands.of_municipality(session) or Brand()
    row.name, row.office_name, row.office_phone = typed.name, typed.office_name, typed.office_phone
    brand.colour = typed.colour.lower() or None
    if logo is not None or drop_logo:
        brand.logo, brand.logo_name = (logo.content, logo.name) if logo else (None, None)
        brand.logo_width, brand.logo_height = (logo.width, logo.height) if logo else (None, None)
    session.add(brand)
    audit.record(session, "appearance.changed", now, staff_id=staff_id)
    return {}
