"""SMS that ask for an answer behind a link. The link is made here, so its token exists in the SMS alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from database.tenancy import TenantSession
from messaging.delivery import Later, Rendered, Rendering, Withheld
from messaging.ladder import LADDER
from messaging.outbox import Message
from messaging.policy import Purpose, StopReason
from messaging.segments import measure
from portal.domain.links import TOKEN_LENGTH
from portal.domain.questionnaires import Respondent
from portal.services import cover, definitions, links
from portal.services.sms.compose import Composer
from portal.services.sms.permission import Matter, start_of_week, window_of
from portal.store import invitations, ladders, meetings, questionnaires, sending_facts
from portal.store.invitations import Asking
from portal.store.municipalities import own
from portal.store.people import Citizen

KINDS = frozenset({"invitation", "reminder", "agenda"})


@dataclass(frozen=True)
class Preview:
    """``waits_until``: when it may go, and ``waits_for`` why not before; ``stops``: why it would not go at all."""

    text: str
    parts: int
    waits_until: datetime | None
    waits_for: str | None
    stops: str | None


def preview(
    composer: Composer, session: TenantSession, citizen: Citizen, caseworker: str, minutes: int
) -> Preview:
    """The SMS as it would go out now, to show before it is sent; no link is made."""
    link = f"{composer.portal.settings.link_url}/"
    text = composer.text(citizen, "invitation", caseworker=caseworker, minutes=minutes, link=link)
    refusal = composer.not_now(session, citizen, own(session), Matter(Purpose.ASKED))
    return Preview(
        text=f"{text}…",
        parts=measure(text + "x" * TOKEN_LENGTH).parts,
        waits_until=refusal.until if isinstance(refusal, Later) else None,
        waits_for=refusal.reason if isinstance(refusal, Later) else None,
        stops=refusal.reason if isinstance(refusal, Withheld) else None,
    )


def invitation(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    """The first SMS about an invitation, and its reminders."""
    asking = invitations.asking(session, message.parameters["invitation_id"])
    if asking is None:
        return Withheld(StopReason.CANCELLED)
    citizen, municipality = sending_facts.addressee(session, asking.citizen_id), own(session)
    refusal = composer.not_now(session, citizen, municipality, _matter(session, message, asking))
    if refusal is not None:
        return refusal
    token = links.make_link(session, asking.id, composer.portal.clock())
    text = composer.text(
        citizen,
        _wording(message),
        caseworker=_who_asks(composer, session, asking),
        minutes=_minutes(session, asking),
        link=f"{composer.portal.settings.link_url}/{token}",
    )
    return Rendered(citizen.phone, municipality.sms_sender, text)


def agenda(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    """Asks, before a meeting, what she wants to talk about; too late once the meeting begins."""
    asking = invitations.with_people(session, message.parameters["invitation_id"])
    meeting = meetings.of_invitation(session, message.parameters["invitation_id"])
    if asking is None or meeting is None:
        return Withheld(StopReason.CANCELLED)
    citizen, municipality, now = asking.citizen, own(session), composer.portal.clock()
    matter = Matter(
        Purpose.PLANNED,
        answered=asking.finished_at is not None,
        cancelled=asking.cancelled_at is not None,
        too_late_at=meeting.starts_at,
        message_id=message.id,
    )
    refusal = composer.not_now(session, citizen, municipality, matter)
    if refusal is not None:
        return refusal
    text = composer.text(
        citizen,
        message.kind,
        caseworker=cover.today(session, now).answers_for(asking.sender).name,
        day=composer.texts(citizen.language, citizen.municipality_id).near_day(meeting.starts_at),
        link=f"{composer.portal.settings.link_url}/{links.make_link(session, asking.id, now)}",
    )
    return Rendered(citizen.phone, municipality.sms_sender, text)


def look_ahead(session: TenantSession, messages: Sequence[Message], now: datetime) -> None:
    """What `invitation` will ask of each of these, one to each citizen, asked once for all."""
    if not messages:
        return
    invitation_ids = [message.parameters["invitation_id"] for message in messages]
    citizen_ids = [message.recipient_ref for message in messages]
    invitations.look_up(session, invitation_ids)
    sending_facts.look_up_left(session, citizen_ids, start_of_week(window_of(own(session)), now))
    if any(_purpose(message) is Purpose.PLANNED for message in messages):
        ladders.look_up_too_late(session, invitation_ids)
        sending_facts.look_up_awaiting(session, citizen_ids)


def _who_asks(composer: Composer, session: TenantSession, asking: Asking) -> str:
    sender = invitations.colleague(session, asking.sent_by)
    return cover.for_sms(session, composer.portal.clock()).answers_for(sender).name


def _matter(session: TenantSession, message: Message, asking: Asking) -> Matter:
    purpose = _purpose(message)
    return Matter(
        purpose,
        answered=asking.finished_at is not None,
        cancelled=asking.cancelled_at is not None,
        too_late_at=ladders.too_late_at(session, asking.id) if purpose is Purpose.PLANNED else None,
        message_id=message.id,
    )


def _purpose(message: Message) -> Purpose:
    if message.parameters.get("asked_for"):
        return Purpose.REQUESTED
    is_planned = message.kind == "reminder" or message.parameters.get("planned")
    return Purpose.PLANNED if is_planned else Purpose.ASKED


def _wording(message: Message) -> str:
    is_last = message.parameters.get("step", 0) == len(LADDER) - 1
    return "reminder_last" if is_last else message.kind


def _minutes(session: TenantSession, asking: Asking) -> int:
    version_id = questionnaires.newest_version_id(session, asking.questionnaire_id)
    if version_id is None:
        return 1
    return definitions.minutes(definitions.questionnaire_of(session, version_id, Respondent.CITIZEN))
