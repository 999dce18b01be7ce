"""Whose each row of a list is. Only the team's own citizens are found: for all others a row says the same,
whether there is somebody elsewhere or nobody at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from sqlalchemy.orm import Session

from database.encryption import blind_index
from messaging.content_guard import mask_cpr
from messaging.inbound import PHONE_INDEX
from portal.domain.ageing import Standing
from portal.domain.recipient_lists import ListedRow
from portal.services.pins import tidy_short_code
from portal.store import groups, sending_lists, sending_pages
from portal.store.sending_lists import Findable
from portal.store.sendings import Sending

_DENMARK = 45


class Verdict(StrEnum):
    FOUND = "found"
    DUPLICATE = "duplicate"
    EMPTY = "empty"
    IMPOSSIBLE = "impossible"
    FOREIGN = "foreign"
    NOBODY = "nobody"
    SHARED = "shared"
    """Several citizens have the number: never guessed."""
    OPTED_OUT = "opted_out"
    FROZEN = "frozen"
    EXEMPT = "exempt"
    DROPPED_OUT = "dropped_out"


WHOSE = frozenset({Verdict.FOUND, Verdict.OPTED_OUT, Verdict.FROZEN, Verdict.EXEMPT, Verdict.DROPPED_OUT})
"""The row names one citizen: a recipient, who may still be left out with a reason when it is sent."""


@dataclass(frozen=True)
class JudgedRow:
    """``given``: the cell, digits like a CPR number masked. ``same_as``: the number of the row before it."""

    number: int
    given: str
    verdict: Verdict
    citizen_id: int | None = None
    same_as: int | None = None


@dataclass(frozen=True)
class ListPage:
    """``names`` by citizen; ``counts`` are of the whole list."""

    rows: Sequence[JudgedRow]
    names: Mapping[int, str]
    counts: Mapping[Verdict, int]
    shown: str
    page: int
    pages: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def found(self) -> int:
        return sum(count for verdict, count in self.counts.items() if verdict in WHOSE)


@dataclass(frozen=True)
class _Phone:
    e164: str
    is_danish: bool
    exists: bool


def judge(session: Session, team_id: int, rows: Sequence[ListedRow]) -> tuple[JudgedRow, ...]:
    """One answer for each row, in their order. Two ways to name one citizen are duplicates too."""
    by_phone, by_code = _findable(session, team_id)
    seen: dict[str, int] = {}
    judged = []
    for row in rows:
        phone = _read_phone(row.cell)
        found = _judge(row, phone, by_phone, by_code)
        name = f"citizen {found.citizen_id}" if found.citizen_id else phone.e164 if phone else row.cell
        first = seen.setdefault(name, row.number)
        if first != row.number and found.verdict is not Verdict.EMPTY:
            found = JudgedRow(row.number, found.given, Verdict.DUPLICATE, same_as=first)
        judged.append(found)
    return tuple(judged)


def page_of(session: Session, sending: Sending, shown: str, page: int, on_a_page: int) -> ListPage | None:
    """None for a sending that came from no list, or was confirmed. ``shown``: a verdict, or empty for all."""
    rows = [
        JudgedRow(int(row[0]), row[1], Verdict(row[2]), row[3], row[4])
        for row in sending_pages.report(session, sending.id)
    ]
    if not rows:
        return None
    counts = Counter(row.verdict for row in rows)
    wanted = [row for row in rows if not shown or row.verdict == shown]
    pages = max(1, -(-len(wanted) // on_a_page))
    page = min(max(page, 1), pages)
    here = wanted[(page - 1) * on_a_page : page * on_a_page]
    people = groups.people_by_id(session, sending.team_id, {row.citizen_id for row in here if row.citizen_id})
    return ListPage(
        rows=here,
        names={person.id: person.name for person in people},
        counts={verdict: counts[verdict] for verdict in Verdict if counts[verdict]},
        shown=shown,
        page=page,
        pages=pages,
    )


def _findable(session: Session, team_id: int) -> tuple[Mapping[str, list[Findable]], Mapping[str, Findable]]:
    by_phone: dict[str, list[Findable]] = {}
    by_code: dict[str, Findable] = {}
    for each in sending_lists.findable(session, team_id):
        by_phone.setdefault(each.phone_index, []).append(each)
        by_code[each.short_code] = each
    return by_phone, by_code


def _judge(
    row: ListedRow,
    phone: _Phone | None,
    by_phone: Mapping[str, list[Findable]],
    by_code: Mapping[str, Findable],
) -> JudgedRow:
    given = mask_cpr(row.cell).text
    if not row.cell:
        return JudgedRow(row.number, "", Verdict.EMPTY)
    by_its_code = by_code.get(tidy_short_code(row.cell))
    if by_its_code is not None:
        return JudgedRow(row.number, given, _standing(by_its_code), by_its_code.id)
    people = by_phone.get(blind_index(PHONE_INDEX, phone.e164), []) if phone else []
    if len(people) == 1:
        return JudgedRow(row.number, given, _standing(people[0]), people[0].id)
    return JudgedRow(row.number, given, Verdict.SHARED if people else _nobodys(phone))


def _read_phone(cell: str) -> _Phone | None:
    """None for what is no number at all; one without a country is Danish."""
    try:
        number = phonenumbers.parse(cell, "DK")
    except phonenumbers.NumberParseException:
        return None
    written = "".join(sign for sign in cell if sign.isdigit())
    if len(written) < len(str(number.national_number)) or re.search(r"[A-Za-z=]", cell):
        return None  # letters on a keypad, a formula: not what a number looks like
    e164 = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return _Phone(e164, number.country_code == _DENMARK, bool(phonenumbers.is_valid_number(number)))


def _nobodys(phone: _Phone | None) -> Verdict:
    if phone is None or not phone.exists:
        return Verdict.IMPOSSIBLE
    return Verdict.NOBODY if phone.is_danish else Verdict.FOREIGN


def _standing(citizen: Findable) -> Verdict:
    if citizen.standing != Standing.ACTIVE.value:
        return Verdict(citizen.standing)
    if citizen.opted_out:
        return Verdict.OPTED_OUT
    return Verdict.FROZEN if citizen.frozen else Verdict.FOUND
