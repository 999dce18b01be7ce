"""A sending before it goes: to whom, what and when. Nothing leaves the house until it is confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from database.encryption import blind_index
from database.tenancy import TenantSession
from messaging.content_guard import Finding
from messaging.once import add_once
from portal.domain.sendings import SendingKind, SendingState, Step, can, fingerprint_of, going
from portal.services.check_in_composing import (
    Composed,
    NewQuestion,
    NotComposed,
    compose,
    why_not_composed,
)
from portal.services.reach import Reader
from portal.services.recipient_lists import WHOSE, JudgedRow
from portal.services.thread import Channel, StaffWriting, refusal_for_all
from portal.store import audit, groups, questionnaires, sending_lists, sendings
from portal.store.groups import Group
from portal.store.sendings import Sending

FURTHEST = timedelta(days=366)
FINGERPRINT = "sending"


class Problem(StrEnum):
    """Beside these: the reasons of ``NotWrittenReason``."""

    NO_KIND = "no_kind"
    NO_QUESTIONNAIRE = "no_questionnaire"
    PAST = "past"
    TOO_FAR = "too_far"
    NO_TIME = "no_time"


@dataclass(frozen=True)
class Recipients:
    """``ids`` may hold anybody's: only the team's own citizens come in."""

    ids: Sequence[int]
    group: Group | None = None
    rows: Sequence[JudgedRow] = ()


@dataclass(frozen=True)
class Content:
    """As it stands in the form. ``questions`` are those of a check-in."""

    kind: SendingKind | None = None
    questionnaire_id: int | None = None
    questions: Sequence[NewQuestion] = ()
    body: str = ""
    channel: Channel = Channel.PORTAL
    words_confirmed: bool = False
    at_once: bool = True
    planned_at: datetime | None = None


@dataclass(frozen=True)
class Unfit:
    """``problems``: a word for the catalogs by the field it is about; ``not_composed``: what is wrong with the
    questions of a check-in."""

    problems: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    not_composed: NotComposed | None = None


def begin(
    session: TenantSession, reader: Reader, page_key: str, recipients: Recipients, now: datetime
) -> Sending | None:
    """A draft to these. The same choice on the same page twice is one draft; None when nobody is left."""
    if reader.team_id is None:
        return None
    mine = sorted(groups.ids_of_team(session, reader.team_id) & set(recipients.ids))
    if not mine and not recipients.rows:
        return None
    key = hashlib.sha256(f"{page_key} {reader.staff_id} {mine}".encode()).hexdigest()[:40]
    known = sendings.by_form_key(session, key)
    if known is not None and known.state is not SendingState.DRAFT:
        key = hashlib.sha256(f"{key} after {known.id}".encode()).hexdigest()[:40]
    made, is_new = add_once(
        session,
        lambda: sendings.by_form_key(session, key),
        lambda: _row(reader, reader.team_id or 0, key, recipients, now),
    )
    if is_new:
        sending_lists.add_recipients(session, made.id, mine)
        record(session, reader, "sending.drafted", made, now)
    return made


def ids_of(rows: Sequence[JudgedRow]) -> list[int]:
    return [row.citizen_id for row in rows if row.verdict in WHOSE and row.citizen_id is not None]


def choose(
    session: TenantSession, reader: Reader, sending: Sending, content: Content, now: datetime
) -> Unfit | None:
    """What the draft sends, and when. None when it is taken; a problem leaves the draft as it was."""
    unfit = _unfit(session, content, now)
    if unfit.problems or unfit.not_composed:
        return unfit
    sending.kind = content.kind
    sending.questionnaire_id = content.questionnaire_id if content.kind is SendingKind.QUESTIONNAIRE else None
    sending.check_in_id = _check_in_id(session, reader, content, now)
    is_message = content.kind is SendingKind.MESSAGE
    sending.body = content.body.strip() if is_message else None
    sending.channel = content.channel.value if is_message else None
    sending.words_confirmed = content.words_confirmed
    sending.planned_at = None if content.at_once else content.planned_at
    sending.fingerprint = _fingerprint(sending)
    return None


def confirm(session: TenantSession, reader: Reader, sending: Sending, now: datetime) -> bool:
    """False when it was confirmed before: the second click sends nothing."""
    if not can(Step.CONFIRM, sending.state) or sending.kind is None:
        return False
    sending.state = going(sending.planned_at, now)
    sending.confirmed_at = sending.changed_at = now
    sending.changed_by = sending.staff_id = reader.staff_id
    sending.list_report = None
    record(session, reader, "sending.confirmed", sending, now)
    return True


def discard(session: TenantSession, reader: Reader, sending: Sending, now: datetime) -> bool:
    if sending.state is not SendingState.DRAFT:
        return False
    record(session, reader, "sending.discarded", sending, now)
    sending_lists.remove_recipients(session, sending.id)
    session.delete(sending)
    return True


def record(session: TenantSession, reader: Reader, action: str, sending: Sending, now: datetime) -> None:
    audit.record(
        session,
        action,
        now,
        staff_id=reader.staff_id,
        subject=f"sending {sending.id}",
        request_id=reader.request_id or None,
    )


def _row(reader: Reader, team_id: int, key: str, recipients: Recipients, now: datetime) -> Sending:
    report = [[row.number, row.given, row.verdict, row.citizen_id, row.same_as] for row in recipients.rows]
    return Sending(
        team_id=team_id,
        staff_id=reader.staff_id,
        group_id=recipients.group.id if recipients.group else None,
        form_key=key,
        list_report=report or None,
        created_at=now,
        changed_at=now,
    )


def _unfit(session: TenantSession, content: Content, now: datetime) -> Unfit:
    unfit = _what(session, content)
    if content.at_once:
        return unfit
    return replace(unfit, problems=unfit.problems | _when(content.planned_at, now))


def _what(session: TenantSession, content: Content) -> Unfit:
    if content.kind is None:
        return Unfit({"kind": Problem.NO_KIND})
    if content.kind is SendingKind.QUESTIONNAIRE:
        known = content.questionnaire_id and questionnaires.newest_version_id(
            session, content.questionnaire_id
        )
        return Unfit() if known else Unfit({"questionnaire": Problem.NO_QUESTIONNAIRE})
    if content.kind is SendingKind.CHECK_IN:
        confirmed = content.words_confirmed
        return Unfit(not_composed=why_not_composed(session, content.questions, confirmed=confirmed))
    writing = StaffWriting(0, content.body, content.channel, confirmed=content.words_confirmed)
    refusal = refusal_for_all(session, writing)
    return Unfit({"body": refusal.reason}, refusal.findings) if refusal else Unfit()


def _when(planned_at: datetime | None, now: datetime) -> dict[str, str]:
    if planned_at is None:
        return {"planned": Problem.NO_TIME}
    if planned_at <= now:
        return {"planned": Problem.PAST}
    return {"planned": Problem.TOO_FAR} if planned_at - now > FURTHEST else {}


def _check_in_id(session: TenantSession, reader: Reader, content: Content, now: datetime) -> int | None:
    if content.kind is not SendingKind.CHECK_IN:
        return None
    made = compose(session, content.questions, reader.staff_id, now, confirmed=content.words_confirmed)
    assert isinstance(made, Composed)  # noqa: S101 — it has just been looked at
    return made.check_in_id


def _fingerprint(sending: Sending) -> str | None:
    """Keyed: whoever has the database alone cannot try which text it was."""
    content = sending.questionnaire_id or sending.check_in_id or sending.body
    if sending.kind is None or content is None:
        return None
    return blind_index(FINGERPRINT, fingerprint_of(sending.kind, content))
