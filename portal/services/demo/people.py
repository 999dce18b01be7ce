"""The rows of the municipality: teams, staff and citizens, each with a plan."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from database.base import Municipality
from database.encryption import blind_index
from portal.content import demo_people as content
from portal.content.demo_people import DemoStaff, KnownCitizen
from portal.domain.ageing import Colour, Standing
from portal.services.credentials import HASHER
from portal.services.demo.courses import Course, Forms, Maker
from portal.services.demo.days import Days, chance
from portal.services.demo.plans import Plan, Shape, Stand, plans_for
from portal.store.people import Citizen, Staff, Team

STANDINGS = {Stand.EXEMPT: Standing.EXEMPT, Stand.DROPPED_OUT: Standing.DROPPED_OUT}
FOUNDED_DAYS_AGO = 400


@dataclass
class Resident:
    """A citizen's row with her plan and her year."""

    row: Citizen
    plan: Plan
    course: Course


def municipality(days: Days) -> Municipality:
    return Municipality(
        slug=content.SLUG,
        name=content.MUNICIPALITY,
        office_name=content.OFFICE,
        office_phone=content.OFFICE_PHONE,
        sms_sender=content.SMS_SENDER,
        reply_number=content.REPLY_NUMBER,
        send_always=True,
        is_demo=True,
        created_at=days.at(FOUNDED_DAYS_AGO, 9),
    )


def add_staff(session: Session, days: Days) -> list[Staff]:
    teams = {name: Team(name=name) for name in content.TEAMS}
    teams[content.SUPPLIER] = Team(name=content.SUPPLIER, is_supplier=True)
    session.add_all(teams.values())
    password_hash = HASHER.hash(content.PASSWORD, salt=_salt("password"))
    staff = [_staff(person, teams, password_hash, days) for person in content.STAFF]
    session.add_all(staff)
    session.flush()
    return staff


def add_citizens(session: Session, staff: Sequence[Staff], forms: Forms, days: Days) -> list[Resident]:
    pin_hash = HASHER.hash(content.PIN, salt=_salt("PIN"))
    residents = []
    for number, (known, caseworker, plan) in enumerate(_planned(staff)):
        rng = chance(f"citizen {number}")
        at_supplier = caseworker.team is not None and caseworker.team.is_supplier
        course = Maker(forms, days, rng, plan, known.language, at_supplier).course()
        row = _citizen(number, known, caseworker, plan, course)
        if known.caseworker or rng.random() < 0.5:
            row.pin_hash, row.pin_set_at = pin_hash, course.joined_at
        residents.append(Resident(row, plan, course))
    session.add_all(each.row for each in residents)
    session.flush()
    return residents


def _staff(person: DemoStaff, teams: dict[str, Team], password_hash: str, days: Days) -> Staff:
    return Staff(
        team=teams.get(person.team or ""),
        role=person.role,
        name=person.name,
        email=person.email,
        email_index=blind_index("email", person.email),
        password_hash=password_hash,
        totp_secret=_totp_secret(person.email),
        created_at=days.at(FOUNDED_DAYS_AGO - 1, 10),
    )


def _totp_secret(email: str) -> str:
    """Each installation's own, though nothing is drawn: whoever reads this file cannot make the codes."""
    digest = hashlib.sha256(blind_index("demo code", email).encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def _salt(what: str) -> bytes:
    return chance(f"salt of the {what}").randbytes(16)


def _planned(staff: Sequence[Staff]) -> Iterator[tuple[KnownCitizen, Staff, Plan]]:
    """Those we know by name take the first plan of their caseworker's that fits them."""
    names = _names()
    caseworkers = [pair for pair in zip(content.STAFF, staff, strict=True) if pair[0].citizens]
    for person, row in caseworkers:
        plans = plans_for(person.citizens, person.share, chance(f"plans of {person.email}"), person.more)
        for known in (each for each in content.KNOWN if each.caseworker == person.email):
            stand, colour = Stand[known.stand], Colour[known.colour]
            plans.remove(next(plan for plan in plans if (plan.stand, plan.colour) == (stand, colour)))
            yield known, row, Plan(stand, colour, Shape[known.shape])
        for plan in plans:
            yield next(names), row, plan


def _names() -> Iterator[KnownCitizen]:
    """Everybody else, in no order; no two with the same name."""
    rng = chance("names")
    everybody = []
    for language, names in content.NAMES.items():
        pairs = [(first, last) for first in names.first for last in names.last]
        everybody += [(language, *pair) for pair in rng.sample(pairs, names.count)]
    rng.shuffle(everybody)
    for language, first, last in everybody:
        word = rng.choice(content.KENDEORD) if language == "da" and rng.random() < 0.6 else None
        yield KnownCitizen(first, last, language, "", "", "", word)


def _citizen(number: int, known: KnownCitizen, caseworker: Staff, plan: Plan, course: Course) -> Citizen:
    phone = f"+{content.FIRST_PHONE + number * 7919 % 100_000:010d}"
    row = Citizen(
        team_id=caseworker.team_id,
        caseworker=caseworker,
        first_name=known.first_name,
        last_name=known.last_name,
        phone=phone,
        phone_index=blind_index("phone", phone),
        short_code=f"{(314_159 + number * 104_729) % 900_000 + 100_000}",
        language=known.language,
        kendeord=known.kendeord,
        standing=STANDINGS.get(plan.stand, Standing.ACTIVE).value,
        created_at=course.joined_at,
    )
    _close_to_sms(row, plan, course)
    return row


def _close_to_sms(row: Citizen, plan: Plan, course: Course) -> None:
    """She wrote STOP soon after the last SMS, the number turned out dead, or somebody else has it."""
    if plan.stand is Stand.STOPPED:
        row.opted_out_at = course.asks[-1].asked_at + timedelta(minutes=95)
    if plan.stand in (Stand.NUMBER_DEAD, Stand.REFUSED):
        row.number_failed_at = course.asks[-1].asked_at + timedelta(seconds=4)
    if plan.stand is Stand.FROZEN:
        row.frozen_at = (course.asks[-1].opened_at or course.asks[-1].asked_at) + timedelta(minutes=2)
