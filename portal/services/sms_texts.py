"""The portal's part of delivery: what an SMS says, to whom, from whom and whether it may go, all decided when
it is sent. So the language, the word she chose and the rules are those of that moment, and a link's token
exists in the SMS alone.

kind            parameters                        sender          may carry a link
invitation      invitation_id, asked_for          the name        yes, made here
reminder        invitation_id                     the name        yes, made here
new_message     (none)                            the name        the site's address
sms             entry_id (the thread's text)      the number      no
confirmation    text (key in the area sms), to    the number      no
unknown_sender  to                                the number      no
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from database.base import Municipality
from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from i18n.locales import DEFAULT
from i18n.texts import Texts
from messaging import policy, public_holidays
from messaging.delivery import Later, Rendered, Rendering, Withheld
from messaging.gateway import Refused
from messaging.outbox import OutboxMessage
from messaging.policy import Facts, Send, SendingWindow, Wait
from messaging.segments import measure
from portal.domain.ageing import Standing
from portal.domain.questionnaires import Respondent
from portal.runtime import Portal
from portal.services import definitions, links, reachability
from portal.services.receipts import citizen_of
from portal.services.sms_draft import conversation_sms
from portal.store import invitations, questionnaires, thread_entries
from portal.store.answering import Invitation
from portal.store.municipalities import own
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry

WINDOW = SendingWindow(COPENHAGEN, is_holiday=public_holidays.danish())
CANCELLED = "cancelled"
NO_REPLY_NUMBER = "no_reply_number"
NOTHING_TO_SAY = "nothing_to_say"
LINK_TOKEN = 22
"""Characters, which a preview has none of."""


@dataclass(frozen=True)
class Preview:
    """``waits_until``: the next hour at which it may go; ``stops``: why it would not go at all."""

    text: str
    parts: int
    waits_until: datetime | None
    stops: str | None


class SmsTexts:
    """``messaging.delivery.DeliveryHooks`` for the portal."""

    def __init__(self, portal: Portal) -> None:
        self._portal = portal

    def render(self, session: TenantSession, message: OutboxMessage) -> Rendering:
        """Raises KeyError for a kind that is not in the table above."""
        kinds: dict[str, Callable[[TenantSession, OutboxMessage], Rendering]] = {
            "invitation": self._invitation,
            "reminder": self._invitation,
            "new_message": self._new_message,
            "sms": self._sms,
            "confirmation": self._confirmation,
            "unknown_sender": self._unknown_sender,
        }
        return kinds[message.kind](session, message)

    def invitation_preview(
        self, session: TenantSession, citizen: Citizen, caseworker: str, minutes: int
    ) -> Preview:
        """The SMS as it would go out now, to show before it is sent; no link is made."""
        link = f"{self._portal.settings.link_url}/"
        text = self._text(citizen, "invitation", caseworker=caseworker, minutes=minutes, link=link)
        refusal = self._not_now(citizen, own(session), False)
        return Preview(
            text=f"{text}…",
            parts=measure(text + "x" * LINK_TOKEN).parts,
            waits_until=refusal.until if isinstance(refusal, Later) else None,
            stops=refusal.reason if isinstance(refusal, Withheld) else None,
        )

    def refused(self, session: TenantSession, message: OutboxMessage, refusal: Refused) -> None:
        """What the provider knows of her number, we know from now on; other refusals stand on the message."""
        citizen = citizen_of(session, message)
        if citizen is None:
            return
        if refusal.opted_out:
            reachability.opt_out(session, citizen, self._portal.clock())
        elif refusal.permanent:
            reachability.number_failed(session, citizen, self._portal.clock())

    def _invitation(self, session: TenantSession, message: OutboxMessage) -> Rendering:
        invitation = invitations.with_people(session, message.parameters["invitation_id"])
        if invitation is None or invitation.cancelled_at is not None:
            return Withheld(CANCELLED)
        citizen, municipality = invitation.citizen, own(session)
        if citizen.standing != Standing.ACTIVE.value:
            return Withheld(citizen.standing)
        any_hour = message.parameters.get("asked_for", False)
        refusal = self._not_now(citizen, municipality, invitation.finished_at is not None, any_hour=any_hour)
        if refusal is not None:
            return refusal
        token = links.make_link(session, invitation.id, self._portal.clock())
        text = self._text(
            citizen,
            message.kind,
            caseworker=invitation.sender.name,
            minutes=_minutes(session, invitation),
            link=f"{self._portal.settings.link_url}/{token}",
        )
        return Rendered(citizen.phone, municipality.sms_sender, text)

    def _new_message(self, session: TenantSession, message: OutboxMessage) -> Rendering:
        citizen, municipality = session.get_one(Citizen, message.recipient_ref), own(session)
        entries = thread_entries.told_by(session, message.id)
        read = bool(entries) and all(entry.read_at is not None for entry in entries)
        refusal = self._not_now(citizen, municipality, read)
        if refusal is not None:
            return refusal
        writer = next((entry.staff.name for entry in entries if entry.staff), citizen.caseworker.name)
        text = self._text(citizen, "new_message", caseworker=writer, link=self._portal.settings.link_url)
        return Rendered(citizen.phone, municipality.sms_sender, text)

    def _sms(self, session: TenantSession, message: OutboxMessage) -> Rendering:
        citizen, municipality = session.get_one(Citizen, message.recipient_ref), own(session)
        entry = session.get(ThreadEntry, message.parameters["entry_id"])
        if entry is None or not entry.body:
            return Withheld(NOTHING_TO_SAY)
        if municipality.reply_number is None:
            return Withheld(NO_REPLY_NUMBER)
        refusal = self._not_now(citizen, municipality, False)
        text = conversation_sms(entry.body, citizen.kendeord)
        return refusal or Rendered(citizen.phone, municipality.reply_number, text)

    def _confirmation(self, session: TenantSession, message: OutboxMessage) -> Rendering:
        """The one answer to what a phone has just written, at any hour; STOP gets its answer too."""
        municipality = own(session)
        if municipality.reply_number is None:
            return Withheld(NO_REPLY_NUMBER)
        citizen = session.get_one(Citizen, message.recipient_ref)
        texts = self._texts(citizen.language, municipality.id)
        to = message.parameters.get("to") or citizen.phone
        return Rendered(to, municipality.reply_number, texts(f"sms.{message.parameters['text']}"))

    def _unknown_sender(self, session: TenantSession, message: OutboxMessage) -> Rendering:
        """To a phone that is nobody's we know: in Danish, and naming nobody."""
        municipality = own(session)
        if municipality.reply_number is None:
            return Withheld(NO_REPLY_NUMBER)
        texts = self._texts(DEFAULT, municipality.id)
        return Rendered(message.parameters["to"], municipality.reply_number, texts("sms.unknown_sender"))

    def _not_now(
        self, citizen: Citizen, municipality: Municipality, answered: bool, *, any_hour: bool = False
    ) -> Withheld | Later | None:
        """None when it may go now."""
        facts = Facts(
            opted_out=citizen.opted_out_at is not None,
            number_frozen=citizen.frozen_at is not None,
            answered=answered,
        )
        window = None if any_hour or municipality.send_always else WINDOW
        decision = policy.decide(facts, window, self._portal.clock())
        if isinstance(decision, Send):
            return None
        if isinstance(decision, Wait):
            return Later(decision.until, decision.reason)
        return Withheld(decision.reason)

    def _text(self, citizen: Citizen, kind: str, *, caseworker: str, **values: object) -> str:
        texts = self._texts(citizen.language, citizen.municipality_id)
        names = {"name": citizen.first_name, "caseworker": caseworker.split(maxsplit=1)[0]}
        if citizen.kendeord:
            kind, names["word"] = f"{kind}_with_word", citizen.kendeord
        return texts(f"sms.{kind}", **{key: texts.isolate(name) for key, name in names.items()}, **values)

    def _texts(self, locale: str, municipality_id: int) -> Texts:
        return self._portal.catalogs.texts(locale, self._portal.overlays.of(municipality_id))


def _minutes(session: TenantSession, invitation: Invitation) -> int:
    version_id = questionnaires.newest_version_id(session, invitation.questionnaire_id)
    if version_id is None:
        return 1
    return definitions.minutes(definitions.questionnaire_of(session, version_id, Respondent.CITIZEN))
