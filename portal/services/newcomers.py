"""A new citizen: with a caseworker of the reader's team, a number that may be another's too, and no CPR number."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from database.encryption import blind_index
from database.lean import insert_rows
from database.tenancy import TenantSession
from i18n.locales import LOCALES
from messaging.content_guard import mask_cpr
from messaging.inbound import PHONE_INDEX
from portal.domain.newcomers import WrongName, tidy_name, wrong_name
from portal.services import reachability
from portal.services.numbers import e164
from portal.services.reach import Reader
from portal.store import audit, inbox, numbers, people, schedules, teams
from portal.store.people import Citizen, Staff

TRIES = 30
"""For a short code that nobody in the installation has: with half of all codes in use, one in a billion fails."""


class Problem(StrEnum):
    """What stands in the way; the value is the end of a key of the catalogs."""

    NAME_REQUIRED = "required"
    NAME_TOO_LONG = "too_long"
    NAME_SIGNS = "signs"
    CPR = "cpr"
    PHONE = "phone"
    SHARED = "shared"
    """Another citizen has the number: to be confirmed."""
    LANGUAGE = "language"
    CASEWORKER = "caseworker"


@dataclass(frozen=True)
class Wanted:
    """As it was typed. ``is_shared``: she has said that two share the number."""

    first_name: str
    last_name: str
    phone: str
    language: str
    caseworker_id: int | None
    is_shared: bool = False


@dataclass(frozen=True)
class Added:
    """``is_shared``: another has the number; ``is_stopped``: somebody has written STOP on it."""

    citizen: Citizen
    is_shared: bool
    is_stopped: bool


@dataclass(frozen=True)
class Refused:
    """``problems`` by the name of the form's field; ``sharers``: those of the reader's own team who have the
    number, for it may be the very same person."""

    problems: dict[str, Problem]
    sharers: tuple[Citizen, ...] = ()


def caseworkers(session: TenantSession, reader: Reader) -> Sequence[Staff]:
    """Whose citizen she can become: those of the reader's own team."""
    return [each for each in teams.caseworkers(session) if each.team_id == reader.team_id]


def add(session: TenantSession, reader: Reader, wanted: Wanted, now: datetime) -> Added | Refused | None:
    """None for a reader without a team that is in use."""
    if reader.team_id is None or teams.hold(session, reader.team_id) is None:
        return None
    phone = e164(wanted.phone) or ""
    problems = dict(_problems(session, reader, wanted, phone))
    having = inbox.citizens_with_number(session, blind_index(PHONE_INDEX, phone)) if phone else []
    if having and not wanted.is_shared and "phone" not in problems:
        problems["is_shared"] = Problem.SHARED
    if problems:
        return Refused(problems, tuple(each for each in having if each.team_id == reader.team_id))
    (citizen,) = admit(session, [wanted], reader, reader.team_id, now)
    schedules.plan_again(session, reader.team_id)
    return Added(citizen, bool(having), is_stopped=citizen.opted_out_at is not None)


def admit(
    session: TenantSession, wanted: Sequence[Wanted], reader: Reader, team_id: int, now: datetime
) -> Sequence[Citizen]:
    """They go in, each under a short code of her own, in as many statements as one of them. Whose number has said STOP
    begins without SMS. What was typed has been judged."""
    rows = [_row(each, team_id, now) for each in wanted]
    indices = [row["phone_index"] for row in rows]
    stopped = numbers.that_want_no_sms(session, indices)
    numbers.hear_again(session, indices)
    ids = _insert(session, rows)
    request_id = reader.request_id or None
    audit.record_each(session, "citizen.added", now, ids, staff_id=reader.staff_id, request_id=request_id)
    citizens = people.by_ids(session, ids)
    for citizen in citizens:
        if citizen.phone_index in stopped:
            reachability.opt_out(session, citizen, now)
    return citizens


def _insert(session: TenantSession, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """A code that is somebody's, perhaps in a municipality that this session cannot see, is drawn again."""
    ids: dict[int, int] = {}
    for _ in range(TRIES):
        missing = [place for place in range(len(rows)) if place not in ids]
        if not missing:
            return [ids[place] for place in range(len(rows))]
        drawn = {f"{secrets.randbelow(900_000) + 100_000}": place for place in missing}
        new = [{**rows[place], "short_code": code} for code, place in drawn.items()]
        made = insert_rows(session, Citizen, new, returning=("short_code", "id"), once=("short_code",))
        ids |= {drawn[code]: citizen_id for code, citizen_id in made}
    raise RuntimeError("no short code is free")


def _row(wanted: Wanted, team_id: int, now: datetime) -> Mapping[str, Any]:
    phone = e164(wanted.phone) or ""
    return {
        "team_id": team_id,
        "caseworker_id": wanted.caseworker_id,
        "first_name": tidy_name(wanted.first_name),
        "last_name": tidy_name(wanted.last_name),
        "phone": phone,
        "phone_index": blind_index(PHONE_INDEX, phone),
        "language": wanted.language,
        "created_at": now,
    }


def _problems(
    session: TenantSession, reader: Reader, wanted: Wanted, phone: str
) -> Iterator[tuple[str, Problem]]:
    for field, typed in (("first_name", wanted.first_name), ("last_name", wanted.last_name)):
        problem = judge_name(typed)
        if problem is not None:
            yield field, problem
    if holds_cpr(wanted.phone):
        yield "phone", Problem.CPR
    elif not phone:
        yield "phone", Problem.PHONE
    if wanted.language not in LOCALES:
        yield "language", Problem.LANGUAGE
    if wanted.caseworker_id not in {each.id for each in caseworkers(session, reader)}:
        yield "caseworker", Problem.CASEWORKER


def judge_name(typed: str) -> Problem | None:
    if holds_cpr(typed):
        return Problem.CPR
    wrong = wrong_name(tidy_name(typed))
    return _NAMES[wrong] if wrong else None


_NAMES = {
    WrongName.REQUIRED: Problem.NAME_REQUIRED,
    WrongName.TOO_LONG: Problem.NAME_TOO_LONG,
    WrongName.SIGNS: Problem.NAME_SIGNS,
}


def holds_cpr(typed: str) -> bool:
    """Digits like a CPR number. A number that begins with its country's code is a phone's, whatever its digits."""
    return not typed.strip().startswith(("+", "00")) and mask_cpr(typed).found > 0
