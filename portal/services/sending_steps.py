"""Some recipients of a sending: through the very same use case as a single click, so the same rules hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from database.tenancy import TenantSession
from messaging.message import Lane
from portal.domain.sendings import SendingKind
from portal.services.check_ins import Asked, NotAsked
from portal.services.check_ins_to_many import ask_all
from portal.services.invitations import Asking, Invited, NotSent, send_to_all
from portal.services.thread import Channel, NotWritten, StaffWriting, Written
from portal.services.writing_to_many import write_to_all
from portal.store import people
from portal.store.sendings import Sending


class LeftOutReason(StrEnum):
    """Beside these: the reasons of the use cases (``NotSentReason``, ``NotAskedReason``,
    ``NotWrittenReason``)."""

    OTHER_TEAM = "other_team"
    ALREADY_GIVEN = "already_given"
    """The very same came to her moments ago, another way."""
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True)
class Given:
    """``message_id``: the SMS that carries it or tells of it."""

    message_id: int | None


@dataclass(frozen=True)
class LeftOut:
    reason: str


def give(
    session: TenantSession, sending: Sending, citizen_ids: Sequence[int], now: datetime
) -> Mapping[int, Given | LeftOut]:
    """What the sending sends, to each of these. Raises LookupError for a sending that sends nothing."""
    ours = people.of_team(session, sending.team_id, citizen_ids)
    left_out = {each: LeftOut(LeftOutReason.OTHER_TEAM) for each in citizen_ids if each not in ours}
    wanted = [each for each in citizen_ids if each in ours]
    return {**left_out, **_give(session, sending, wanted, now)}


def _give(
    session: TenantSession, sending: Sending, citizen_ids: Sequence[int], now: datetime
) -> Mapping[int, Given | LeftOut]:
    if sending.kind is SendingKind.QUESTIONNAIRE and sending.questionnaire_id is not None:
        return _ask(session, sending, sending.questionnaire_id, citizen_ids, now)
    if sending.kind is SendingKind.CHECK_IN and sending.check_in_id is not None:
        asked = ask_all(session, citizen_ids, sending.check_in_id, sending.staff_id, now)
        return {each: _given_check_in(result) for each, result in asked.items()}
    if sending.kind is SendingKind.MESSAGE and sending.body is not None:
        return _write(session, sending, sending.body, citizen_ids, now)
    raise LookupError(f"sending {sending.id} sends nothing")


def _ask(
    session: TenantSession, sending: Sending, questionnaire_id: int, citizen_ids: Sequence[int], now: datetime
) -> Mapping[int, Given | LeftOut]:
    asking = Asking(questionnaire_id, sending.staff_id, Lane.BULK)
    return {each: _given(result) for each, result in send_to_all(session, citizen_ids, asking, now).items()}


def _given(result: Invited | NotSent) -> Given | LeftOut:
    if isinstance(result, NotSent):
        return LeftOut(result.reason)
    return Given(result.message_id) if result.is_new else LeftOut(LeftOutReason.ALREADY_GIVEN)


def _given_check_in(result: Asked | NotAsked) -> Given | LeftOut:
    if isinstance(result, NotAsked):
        return LeftOut(result.reason)
    return Given(result.message_id) if result.is_new else LeftOut(LeftOutReason.ALREADY_GIVEN)


def _write(
    session: TenantSession, sending: Sending, body: str, citizen_ids: Sequence[int], now: datetime
) -> Mapping[int, Given | LeftOut]:
    writing = StaffWriting(
        sending.staff_id,
        body,
        Channel(sending.channel or Channel.PORTAL),
        confirmed=sending.words_confirmed,
        lane=Lane.BULK,
    )
    written = write_to_all(session, citizen_ids, writing, now)
    return {each: _given_words(result) for each, result in written.items()}


def _given_words(result: Written | NotWritten) -> Given | LeftOut:
    if isinstance(result, NotWritten):
        return LeftOut(result.reason)
    return Given(result.message_id) if result.is_new else LeftOut(LeftOutReason.ALREADY_GIVEN)
