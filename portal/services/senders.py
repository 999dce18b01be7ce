"""The name and the number that a municipality's SMS come from: changed by its administrator, and changed back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from database.base import Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from portal.domain.founding import is_sender, tidy
from portal.services.numbers import e164
from portal.store import audit, former_senders, municipalities, sms_use
from portal.store.former_senders import FormerSender
from portal.store.municipalities import Taken
from portal.store.sms_use import SmsUse


class Problem(StrEnum):
    NAME = "name"
    NAME_TAKEN = "name_taken"
    NUMBER = "number"
    NUMBER_TAKEN = "number_taken"


class NumberChange(StrEnum):
    NONE = "none"
    FIRST = "first"
    """Until now nobody could answer by SMS."""
    OTHER = "other"
    GONE = "gone"


@dataclass(frozen=True)
class Sender:
    """As it is typed, or as it is stored; an empty ``number`` is none."""

    name: str
    number: str


@dataclass(frozen=True)
class Change:
    """What would follow, to be looked at before it is done."""

    before: Sender
    after: Sender
    number: NumberChange
    use: SmsUse

    @property
    def has_new_name(self) -> bool:
        return self.before.name != self.after.name

    @property
    def is_none(self) -> bool:
        return self.before == self.after


Wrong = dict[str, Problem]
"""By the name of the form's field."""


def present(session: Session) -> Sender:
    row = municipalities.own(session)
    return Sender(row.sms_sender, row.reply_number or "")


def look(database: Database, municipality_id: int, typed: Sender) -> Change | Wrong:
    """What the change would bring, or what is wrong with it. Nothing is kept."""
    after = Sender(tidy(typed.name), e164(typed.number) or tidy(typed.number))
    wrong = dict(_problems(database, municipality_id, after))
    if wrong:
        return wrong
    with database.read(municipality_id) as session:
        before = present(session)
        return Change(before, after, _number_change(before, after), sms_use.now(session))


def change(database: Database, municipality_id: int, typed: Sender, by: int, now: datetime) -> Sender | Wrong:
    """What is replaced stays known as a former one; what is taken into use again is a former one no longer."""
    looked = look(database, municipality_id, typed)
    if not isinstance(looked, Change):
        return looked
    try:
        with database.write(municipality_id) as session:
            _put(session, municipalities.own(session), looked.after, by, now)
    except IntegrityError:  # another municipality has taken the number in this very moment
        return {"number": Problem.NUMBER_TAKEN}
    return looked.after


def give_up(session: Session, address: str, by: int, now: datetime) -> bool:
    """A former name or number is ours no more: SMS to it are nobody's, and another municipality may use it."""
    is_gone = former_senders.forget(session, address)
    if is_gone:
        audit.record(session, "sender.given_up", now, staff_id=by, subject=address)
    return is_gone


def _put(session: Session, row: Municipality, after: Sender, by: int, now: datetime) -> None:
    before = Sender(row.sms_sender, row.reply_number or "")
    row.sms_sender, row.reply_number = after.name, after.number or None
    if before.name != after.name:
        _replace(session, before.name, after.name, now)
        subject = f"{before.name} → {after.name}"
        audit.record(session, "sender.name_changed", now, staff_id=by, subject=subject)
    if before.number != after.number:
        _replace(session, before.number, after.number, now)
        subject = f"{before.number or '–'} → {after.number or '–'}"
        audit.record(session, "sender.number_changed", now, staff_id=by, subject=subject)


def _replace(session: Session, old: str, new: str, now: datetime) -> None:
    former_senders.forget(session, new)
    if old:
        session.add(FormerSender(address=old, until=now))


def _number_change(before: Sender, after: Sender) -> NumberChange:
    if before.number == after.number:
        return NumberChange.NONE
    if not before.number:
        return NumberChange.FIRST
    return NumberChange.OTHER if after.number else NumberChange.GONE


def _problems(database: Database, municipality_id: int, typed: Sender) -> Iterator[tuple[str, Problem]]:
    number = e164(typed.number)
    with database.read(EVERYONE) as session:
        taken = municipalities.taken(session, typed.name, number, but=municipality_id)
    if not is_sender(typed.name):
        yield "name", Problem.NAME
    elif Taken.SENDER in taken:
        yield "name", Problem.NAME_TAKEN
    if typed.number and number is None:
        yield "number", Problem.NUMBER
    elif Taken.REPLY_NUMBER in taken:
        yield "number", Problem.NUMBER_TAKEN
