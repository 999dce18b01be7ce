"""Who lives in the sample town, and who works there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from database.encryption import blind_index
from database.tenancy import TenantSession
from messaging.inbound import PHONE_INDEX
from portal.content import specimen_words as words
from portal.services.specimen.stage import NOW
from portal.store.people import Citizen, Staff, Team

HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""As weak as the library allows: nobody can sign in to the sample town, and a page with a wrong PIN is to be quick."""
LETTER_CODE = "ABCDEFGH"
TRIES = 5
FIRST_PHONE = 4510200001
"""Danish numbers never begin with 1: none of these can ring."""


@dataclass(frozen=True)
class People:
    """``known`` has answered three times and has something on every page; ``new`` has just been invited; ``stopped``
    wants no SMS and finds things harder; ``rising`` finds them easier; ``reader`` has begun every form; to
    ``walker`` everything has happened that can happen in a thread; ``locked`` has typed a wrong PIN too often; of
    ``seldom`` the rest is so: what happens to few, and to nobody all of it. Her caseworker is ``away``."""

    caseworker: Staff
    colleague: Staff
    away: Staff
    known: Citizen
    new: Citizen
    stopped: Citizen
    rising: Citizen
    reader: Citizen
    walker: Citizen
    locked: Citizen
    seldom: Citizen

    def names(self) -> dict[str, str]:
        """For `Town.names`: each citizen's id, phone and short code."""
        citizens = {name: row for name, row in vars(self).items() if isinstance(row, Citizen)}
        ids = {f"id.{name}": str(row.id) for name, row in citizens.items()}
        ids |= {f"phone.{name}": row.phone for name, row in citizens.items()}
        ids |= {"id.caseworker": str(self.caseworker.id), "id.team": str(self.caseworker.team_id)}
        return ids | {f"code.{name}": row.short_code for name, row in citizens.items()}


def add_people(session: TenantSession, since: datetime) -> People:
    team = Team(name=words.TEAM)
    staff = [_staff(name, team, since) for name in (words.CASEWORKER, words.COLLEAGUE, words.AWAY)]
    session.add_all([team, *staff])
    session.flush()
    pin = HASHER.hash(words.PIN)
    names = (
        *(words.KNOWN, words.NEW, words.STOPPED, words.RISING, words.NEW, words.KNOWN, words.STOPPED),
        words.SELDOM,
    )
    citizens = [_citizen(number, name, staff[0], pin, since) for number, name in enumerate(names)]
    session.add_all(citizens)
    session.flush()
    people = People(staff[0], staff[1], staff[2], *citizens)
    people.seldom.caseworker = people.away
    people.locked.pin_locked_at, people.locked.pin_failures = NOW, TRIES
    people.locked.letter_code_hash = people.walker.letter_code_hash = HASHER.hash(LETTER_CODE)
    people.locked.letter_code_expires_at = NOW + timedelta(days=1)
    people.walker.letter_code_expires_at = NOW - timedelta(days=1)
    return people


def _staff(name: str, team: Team, since: datetime) -> Staff:
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    return Staff(
        team=team,
        role="caseworker",
        name=name,
        email=email,
        email_index=blind_index("email", email),
        password_hash="",
        totp_secret="",
        created_at=since,
    )


def _citizen(number: int, name: tuple[str, str], caseworker: Staff, pin: str, since: datetime) -> Citizen:
    phone = f"+{FIRST_PHONE + number}"
    return Citizen(
        team_id=caseworker.team_id,
        caseworker=caseworker,
        first_name=name[0],
        last_name=name[1],
        phone=phone,
        phone_index=blind_index(PHONE_INDEX, phone),
        short_code=f"{314_159 + number}",
        pin_hash=pin,
        pin_set_at=since,
        created_at=since,
    )
