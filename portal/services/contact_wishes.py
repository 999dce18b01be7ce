"""How she wants to be contacted, said on her own page; the next SMS keeps to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from database.tenancy import TenantSession
from i18n.locales import LOCALES
from messaging import outbox
from messaging.policy import WaitReason
from portal.domain.contact_wishes import CAPS, PartOfDay, days_of, stored, with_day
from portal.services.contact import tidy_word, word_error
from portal.store import audit
from portal.store.invitations import citizen_for_update
from portal.store.people import Citizen


class Wish(StrEnum):
    """What she can choose; the value is its part of the page's address."""

    LANGUAGE = "sprog"
    CAP = "antal"
    HOURS = "tid"
    DAYS = "dage"
    WORD = "ord"


class Refusal(StrEnum):
    NO_CHOICE = "no_choice"
    NO_DAY = "no_day"
    WORD_TOO_LONG = "word_too_long"
    WORD_SIGNS = "word_signs"


@dataclass(frozen=True)
class Wishes:
    """``cap``: SMS in a week at most. ``number_ends``: the last two digits of the phone we write to."""

    language: str
    gets_sms: bool
    cap: int
    hours: PartOfDay
    days: frozenset[int]
    kendeord: str | None
    number_ends: str

    @property
    def day_list(self) -> list[int]:
        return sorted(self.days)


def wishes_of(citizen: Citizen) -> Wishes:
    return Wishes(
        language=citizen.language,
        gets_sms=citizen.opted_out_at is None,
        cap=citizen.sms_cap or CAPS[0],
        hours=citizen.sms_hours or PartOfDay.ALL_DAY,
        days=days_of(citizen.sms_days),
        kendeord=citizen.kendeord,
        number_ends=citizen.phone[-2:],
    )


def own_wishes(session: Session, citizen_id: int) -> Wishes:
    return wishes_of(session.get_one(Citizen, citizen_id))


def choose(session: TenantSession, citizen_id: int, wish: Wish, value: str, now: datetime) -> Refusal | None:
    """``value`` as the page's button sends it; said twice, it is the same, and written down once. It holds at once,
    also for what waits to be sent. Raises LookupError for nobody."""
    citizen = citizen_for_update(session, citizen_id)
    if citizen is None:
        raise LookupError(citizen_id)
    before = wishes_of(citizen)
    refusal = _CHOOSE[wish](citizen, value)
    if wishes_of(citizen) != before:
        audit.record(
            session, "citizen.wish_changed", now, citizen_id=citizen_id, subject=wish.name.casefold()
        )
        outbox.ask_anew(session, [citizen_id], WaitReason, now)
    return refusal


def choose_language(session: TenantSession, citizen_id: int, code: str, now: datetime) -> None:
    """From the switch of a page, which offers only languages that we speak. Raises LookupError for another, or for
    nobody."""
    if choose(session, citizen_id, Wish.LANGUAGE, code, now) is not None:
        raise LookupError(code)


def _language(citizen: Citizen, value: str) -> Refusal | None:
    if value not in LOCALES:
        return Refusal.NO_CHOICE
    citizen.language = value
    return None


def _cap(citizen: Citizen, value: str) -> Refusal | None:
    if value not in map(str, CAPS):
        return Refusal.NO_CHOICE
    citizen.sms_cap = None if int(value) == CAPS[0] else int(value)
    return None


def _hours(citizen: Citizen, value: str) -> Refusal | None:
    if value not in set(PartOfDay):
        return Refusal.NO_CHOICE
    hours = PartOfDay(value)
    citizen.sms_hours = None if hours is PartOfDay.ALL_DAY else hours
    return None


def _days(citizen: Citizen, value: str) -> Refusal | None:
    """ "+2": on Wednesdays too, "-2": not on Wednesdays."""
    sign, day = value[:1], value[1:]
    if sign not in {"+", "-"} or day not in set("01234"):
        return Refusal.NO_CHOICE
    days = with_day(days_of(citizen.sms_days), int(day), wanted=sign == "+")
    if days is None:
        return Refusal.NO_DAY
    citizen.sms_days = stored(days)
    return None


def _word(citizen: Citizen, value: str) -> Refusal | None:
    word = tidy_word(value)
    error = word_error(word)
    if error is not None:
        return Refusal(error.value)
    citizen.kendeord = word or None
    return None


_CHOOSE: Mapping[Wish, Callable[[Citizen, str], Refusal | None]] = {
    Wish.LANGUAGE: _language,
    Wish.CAP: _cap,
    Wish.HOURS: _hours,
    Wish.DAYS: _days,
    Wish.WORD: _word,
}
