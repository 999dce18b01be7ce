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
from portal.services.thread import Channel, NotWritten, StaffWriting, write_as_staff
from portal.store import people, sendings
from portal.store.sendings import Sending
from portal.store.thread import ThreadEntry


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
        # Held by name as long as the chunk lasts: who is read once is not read again for each.
        _citizens = sendings.hold_citizens(session, citizen_ids)
        return {each: _write(session, sending, sending.body, each, now) for each in citizen_ids}
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
    session: TenantSession, sending: Sending, body: str, citizen_id: int, now: datetime
) -> Given | LeftOut:
    writing = StaffWriting(
        sending.staff_id,
        body,
        Channel(sending.channel or Channel.PORTAL),
        confirmed=sending.words_confirmed,
        lane=Lane.BULK,
    )
    result = write_as_staff(session, citizen_id, writing, now)
    if isinstance(result, NotWritten):
        return LeftOut(result.reason)
    entry = session.get_one(ThreadEntry, result.entry_id)
    return Given(entry.message_id) if entry.created_at == now else LeftOut(LeftOutReason.ALREADY_GIVEN)
