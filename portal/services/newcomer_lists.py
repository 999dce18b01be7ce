"""New citizens from a spreadsheet: each row is judged and shown, then all of them come in, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from database.encryption import blind_index
from database.tenancy import TenantSession
from i18n.exchange.packages import WorkbookRefused
from i18n.locales import LOCALES
from messaging.content_guard import mask_cpr
from messaging.inbound import PHONE_INDEX
from portal.domain import newcomer_lists as lists
from portal.domain import recipient_lists
from portal.domain.newcomer_lists import Column, ListedPerson, Unfit
from portal.domain.newcomers import tidy_name
from portal.domain.recipient_lists import Unreadable
from portal.services import newcomers
from portal.services.newcomers import Wanted, holds_cpr, judge_name
from portal.services.numbers import e164
from portal.services.reach import Reader
from portal.store import inbox, schedules, teams
from portal.store.people import Citizen, Staff

ZIPPED = b"PK\x03\x04"
DENMARK = "+45"


class Verdict(StrEnum):
    READY = "ready"
    HERE = "here"
    """A citizen of the team has this name and number: the row is left out."""
    TWICE = "twice"
    """As a row before it: left out."""
    NAME = "name"
    CPR = "cpr"
    PHONE = "phone"
    FOREIGN = "foreign"
    SHARED = "shared"
    """Somebody else has the number, or another row: to be added by herself, where that is confirmed."""
    LANGUAGE = "language"
    TEAM = "team"
    CASEWORKER = "caseworker"


HARMLESS = frozenset({Verdict.READY, Verdict.HERE, Verdict.TWICE})


@dataclass(frozen=True)
class JudgedPerson:
    """``given``: the row's name and number, digits like a CPR number masked."""

    number: int
    name: str
    phone: str
    verdict: Verdict
    wanted: Wanted | None = None
    caseworker: str = ""


@dataclass(frozen=True)
class Judged:
    rows: tuple[JudgedPerson, ...]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        counted = Counter(row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in Verdict if counted[verdict]}

    @property
    def ready(self) -> int:
        return self.counts.get(Verdict.READY, 0)

    @property
    def may_be_taken(self) -> bool:
        return self.ready > 0 and self.counts.keys() <= HARMLESS


@dataclass(frozen=True)
class _Known:
    """What rows are held against: caseworkers by e-mail, the team's name, who has which number."""

    reader: Reader
    able: Mapping[str, Staff]
    team: str
    having: Mapping[str, Sequence[Citizen]]


def read_file(data: bytes) -> tuple[ListedPerson, ...] | Unfit | Unreadable:
    """A workbook's first sheet, or text with commas, semicolons or tabs."""
    if data.startswith(ZIPPED):
        return _read_workbook(data)
    text = recipient_lists.decode(data)
    if isinstance(text, Unreadable):
        return text
    rows = recipient_lists.rows_of(text)
    return rows if isinstance(rows, Unreadable) else lists.read(rows)


def judge(session: TenantSession, reader: Reader, people: Sequence[ListedPerson]) -> Judged:
    """One verdict for each row, in their order. Three queries, whatever the number of rows."""
    able = newcomers.caseworkers(session, reader)
    indices = {_index(phone) for each in people if (phone := e164(each[Column.PHONE]))}
    having: dict[str, list[Citizen]] = {}
    for citizen in inbox.citizens_with_numbers(session, indices):
        having.setdefault(citizen.phone_index, []).append(citizen)
    team = able[0].team.name if able and able[0].team else ""
    known = _Known(reader, {each.email.casefold(): each for each in able}, team, having)
    before: dict[str, str] = {}
    return Judged(tuple(_judge(each, known, before) for each in people))


def take(
    session: TenantSession, reader: Reader, people: Sequence[ListedPerson], now: datetime
) -> tuple[Judged, bool]:
    """All that are ready, in this one transaction; nobody, and False, when anything speaks against any row by now."""
    if reader.team_id is None or teams.hold(session, reader.team_id) is None:
        return Judged(()), False
    judged = judge(session, reader, people)
    if not judged.may_be_taken:
        return judged, False
    wanted = [row.wanted for row in judged.rows if row.wanted is not None]
    newcomers.admit(session, wanted, reader, reader.team_id, now)
    schedules.plan_again(session, reader.team_id)
    return judged, True


def _judge(person: ListedPerson, known: _Known, before: dict[str, str]) -> JudgedPerson:
    """``before``: number -> the name in a row before this one."""
    first, last = (tidy_name(person[column]) for column in (Column.FIRST_NAME, Column.LAST_NAME))
    name, phone = f"{first} {last}", e164(person[Column.PHONE])
    caseworker = _caseworker(person[Column.CASEWORKER], known)
    language = _LANGUAGES.get(person[Column.LANGUAGE].casefold() or "da")
    verdict = _wrong_cells(person, known, phone) or _whose(name, phone or "", known, before)
    shown = mask_cpr(name).text, mask_cpr(person[Column.PHONE]).text if phone is None else phone
    if verdict is not Verdict.READY or caseworker is None or language is None or phone is None:
        return JudgedPerson(person.number, *shown, verdict)
    wanted = Wanted(first, last, phone, language, caseworker.id, is_shared=False)
    return JudgedPerson(person.number, *shown, verdict, wanted, caseworker.name)


def _wrong_cells(person: ListedPerson, known: _Known, phone: str | None) -> Verdict | None:
    """The first thing wrong with the row by itself."""
    names = {judge_name(person[column]) for column in (Column.FIRST_NAME, Column.LAST_NAME)}
    has_cpr = any(map(holds_cpr, person.cells.values()))
    wrong = {
        Verdict.CPR: has_cpr,
        Verdict.NAME: names != {None},
        Verdict.PHONE: phone is None,
        Verdict.FOREIGN: phone is not None and not phone.startswith(DENMARK),
        Verdict.LANGUAGE: (person[Column.LANGUAGE].casefold() or "da") not in _LANGUAGES,
        Verdict.TEAM: person[Column.TEAM].casefold() not in ("", known.team.casefold()),
        Verdict.CASEWORKER: _caseworker(person[Column.CASEWORKER], known) is None,
    }
    return next((verdict for verdict, holds in wrong.items() if holds), None)


def _whose(name: str, phone: str, known: _Known, before: dict[str, str]) -> Verdict:
    named = name.casefold()
    if phone in before:
        return Verdict.TWICE if before[phone] == named else Verdict.SHARED
    before[phone] = named
    having = known.having.get(_index(phone), ())
    here = {
        f"{each.first_name} {each.last_name}".casefold()
        for each in having
        if each.team_id == known.reader.team_id
    }
    if named in here:
        return Verdict.HERE
    return Verdict.SHARED if having else Verdict.READY


def _caseworker(email: str, known: _Known) -> Staff | None:
    """Of the reader's team; she herself where the cell is empty."""
    if email:
        return known.able.get(email.casefold())
    return next((each for each in known.able.values() if each.id == known.reader.staff_id), None)


def _index(phone: str) -> str:
    return blind_index(PHONE_INDEX, phone)


def _read_workbook(data: bytes) -> tuple[ListedPerson, ...] | Unfit | Unreadable:
    """The library is loaded when the first workbook is read."""
    from i18n.exchange.workbook import read_workbook  # noqa: PLC0415

    if len(data) > recipient_lists.MOST_BYTES:
        return Unreadable.TOO_LARGE
    try:
        sheets = read_workbook(data, lists.MOST_ROWS + 1)
    except WorkbookRefused:
        return Unreadable.NOT_TEXT
    return lists.read(next((sheet.rows for sheet in sheets if sheet.rows), ()))


def _language_names() -> Mapping[str, str]:
    """Code, own name and Danish name -> the code."""
    return {
        name.casefold(): locale.code
        for locale in LOCALES.values()
        for name in (locale.code, locale.name, locale.babel.get_language_name("da") or locale.code)
    }


_LANGUAGES = _language_names()
