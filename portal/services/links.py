"""What a magic link opens, and what its holder may do from there. The token is never stored, nor logged."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from database.encryption import blind_index
from database.engine import Database
from database.lean import insert_later
from database.tenancy import EVERYONE, TenantSession
from portal.domain.links import LIFETIME, TOKENS, LinkFacts, LinkVerdict, Purpose, judge, token_of
from portal.domain.questionnaires import Respondent
from portal.services import answering, contact_wishes, definitions
from portal.services.answering import Start
from portal.services.forms import OpenForm
from portal.services.invitations import send_link
from portal.store import invitations, questionnaires
from portal.store.answering import Invitation, Link
from portal.store.municipalities import own
from portal.store.thread import ThreadEntry

INDEX = "link"


@dataclass(frozen=True)
class OpenedLink:
    """``municipality_id`` and the rest are 0 for an unknown link: its holder learns nothing."""

    verdict: LinkVerdict
    municipality_id: int = 0
    invitation_id: int = 0
    link_id: int = 0


@dataclass(frozen=True)
class Welcome:
    """What the page before the form says. Nothing of it names the citizen."""

    caseworker: str
    municipality: str
    office: str
    office_phone: str
    minutes: int
    language: str
    languages: tuple[str, ...]
    is_opened: bool
    is_begun: bool


def make_link(session: Session, invitation_id: int, now: datetime) -> str:
    """A new token for the invitation: 22 characters. Earlier links stay open until they expire, because an
    SMS whose receipt was lost may have arrived all the same."""
    token = token_of(secrets.randbelow(TOKENS))
    link = {
        "token_index": blind_index(INDEX, token),
        "purpose": Purpose.ANSWER.value,
        "invitation_id": invitation_id,
        "created_at": now,
        "expires_at": now + LIFETIME,
    }
    insert_later(session, Link, link)
    return token


def open_link(database: Database, token: str, now: datetime) -> OpenedLink:
    with database.read(EVERYONE) as session:
        found = invitations.link_by_token(session, blind_index(INDEX, token))
        if found is None:
            return OpenedLink(LinkVerdict.UNKNOWN)
        link, invitation = found
        verdict = judge(_facts(link, invitation), Purpose.ANSWER, now)
        if verdict is LinkVerdict.UNKNOWN:
            return OpenedLink(verdict)
        return OpenedLink(verdict, link.municipality_id, invitation.id, link.id)


def welcome(session: TenantSession, invitation_id: int) -> Welcome:
    invitation = _invitation(session, invitation_id)
    municipality = own(session)
    version_id = questionnaires.newest_version_id(session, invitation.questionnaire_id)
    if version_id is None:
        raise answering.NothingPublishedError
    form = definitions.questionnaire_of(session, version_id, Respondent.CITIZEN)
    return Welcome(
        caseworker=invitation.sender.name,
        municipality=municipality.name,
        office=municipality.office_name,
        office_phone=municipality.office_phone,
        minutes=definitions.minutes(form),
        language=invitation.citizen.language,
        languages=form.languages,
        is_opened=invitation.opened_at is not None,
        is_begun=invitation.started_at is not None,
    )


def language_of(session: TenantSession, invitation_id: int) -> str:
    """The citizen's language, for a page that says nothing else of her."""
    return _invitation(session, invitation_id).citizen.language


def choose_language(session: TenantSession, invitation_id: int, code: str, now: datetime) -> None:
    """Raises LookupError for a language we do not speak."""
    contact_wishes.choose_language(session, _invitation(session, invitation_id).citizen_id, code, now)


def mark_opened(session: TenantSession, invitation_id: int, now: datetime) -> None:
    """The page was shown to what looks like a person's browser; the first time counts."""
    invitation = _invitation(session, invitation_id)
    invitation.opened_at = invitation.opened_at or now


def start_invited(session: TenantSession, invitation_id: int, language: str, now: datetime) -> OpenForm:
    """Begin the form, or go on with it: from any device, any number of times until it is sent in."""
    invitation = _invitation(session, invitation_id)
    invitation.opened_at = invitation.opened_at or now
    invitation.started_at = invitation.started_at or now
    wanted = Start(
        measurement_id=invitation.measurement_id,
        questionnaire_id=invitation.questionnaire_id,
        citizen_id=invitation.citizen_id,
        language=language,
        invitation_id=invitation.id,
    )
    return answering.start(session, wanted, now)


def send_new_link(session: TenantSession, opened: OpenedLink, now: datetime) -> None:
    """A new SMS to the registered number, once for each old link however often it is asked for. Whose form is sent
    in gets a link to what else waits for her, and no SMS where nothing does."""
    invitation: Invitation | None = _invitation(session, opened.invitation_id)
    if invitation is not None and invitation.finished_at is not None:
        invitation = next(iter(invitations.waiting_for(session, invitation.citizen_id)), None)
    if invitation is not None:
        send_link(session, invitation, now, opened.link_id, asked_for=True)


def not_me(session: TenantSession, opened: OpenedLink, now: datetime) -> None:
    """Somebody else has the number: send nothing more to it, open nothing more from it, tell the caseworker. A link
    that was closed, as all are when a number changes, says nothing of the number she has now."""
    if opened.verdict is LinkVerdict.REVOKED:
        return
    citizen = _invitation(session, opened.invitation_id).citizen
    invitations.revoke_links(session, citizen.id, now)
    if citizen.frozen_at is not None:
        return
    citizen.frozen_at = now
    session.add(
        ThreadEntry(citizen_id=citizen.id, kind="not_me", author="system", channel="portal", created_at=now)
    )


def _invitation(session: TenantSession, invitation_id: int) -> Invitation:
    invitation = invitations.with_people(session, invitation_id)
    if invitation is None:
        raise LookupError("the invitation of a link is gone")
    return invitation


def _facts(link: Link, invitation: Invitation) -> LinkFacts:
    """A cancelled invitation closes its links."""
    return LinkFacts(
        purpose=Purpose(link.purpose),
        created_at=link.created_at,
        expires_at=link.expires_at,
        finished_at=invitation.finished_at,
        revoked_at=link.revoked_at or invitation.cancelled_at,
    )
