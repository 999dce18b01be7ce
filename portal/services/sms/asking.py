"""SMS that ask for an answer behind a link. The link is made here, so its token exists in the SMS alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from database.tenancy import TenantSession
from messaging.delivery import Later, Rendered, Rendering, Withheld
from messaging.outbox import OutboxMessage
from messaging.segments import measure
from portal.domain.ageing import Standing
from portal.domain.links import TOKEN_LENGTH
from portal.domain.questionnaires import Respondent
from portal.services import cover, definitions, links
from portal.services.sms.compose import CANCELLED, Composer
from portal.store import invitations, questionnaires
from portal.store.answering import Invitation
from portal.store.municipalities import own
from portal.store.people import Citizen


@dataclass(frozen=True)
class Preview:
    """``waits_until``: the next hour at which it may go; ``stops``: why it would not go at all."""

    text: str
    parts: int
    waits_until: datetime | None
    stops: str | None


def preview(
    composer: Composer, session: TenantSession, citizen: Citizen, caseworker: str, minutes: int
) -> Preview:
    """The SMS as it would go out now, to show before it is sent; no link is made."""
    link = f"{composer.portal.settings.link_url}/"
    text = composer.text(citizen, "invitation", caseworker=caseworker, minutes=minutes, link=link)
    refusal = composer.not_now(citizen, own(session), False)
    return Preview(
        text=f"{text}…",
        parts=measure(text + "x" * TOKEN_LENGTH).parts,
        waits_until=refusal.until if isinstance(refusal, Later) else None,
        stops=refusal.reason if isinstance(refusal, Withheld) else None,
    )


def invitation(composer: Composer, session: TenantSession, message: OutboxMessage) -> Rendering:
    asking = invitations.with_people(session, message.parameters["invitation_id"])
    if asking is None or asking.cancelled_at is not None:
        return Withheld(CANCELLED)
    citizen, municipality = asking.citizen, own(session)
    if citizen.standing != Standing.ACTIVE.value:
        return Withheld(citizen.standing)
    any_hour = message.parameters.get("asked_for", False)
    refusal = composer.not_now(citizen, municipality, asking.finished_at is not None, any_hour=any_hour)
    if refusal is not None:
        return refusal
    token = links.make_link(session, asking.id, composer.portal.clock())
    text = composer.text(
        citizen,
        message.kind,
        caseworker=cover.today(session, composer.portal.clock()).answers_for(asking.sender).name,
        minutes=_minutes(session, asking),
        link=f"{composer.portal.settings.link_url}/{token}",
    )
    return Rendered(citizen.phone, municipality.sms_sender, text)


def _minutes(session: TenantSession, asking: Invitation) -> int:
    version_id = questionnaires.newest_version_id(session, asking.questionnaire_id)
    if version_id is None:
        return 1
    return definitions.minutes(definitions.questionnaire_of(session, version_id, Respondent.CITIZEN))
