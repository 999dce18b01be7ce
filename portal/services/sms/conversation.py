"""SMS of the conversation: what staff write, the word that something waits in the portal, and our short answers."""

from __future__ import annotations

from database.encryption import blind_index
from database.tenancy import TenantSession
from i18n.locales import DEFAULT
from messaging.delivery import Rendered, Rendering, Withheld
from messaging.inbound import PHONE_INDEX
from messaging.outbox import Message
from messaging.policy import Purpose, StopReason
from portal.services.sms.compose import CANCELLED, NO_REPLY_NUMBER, NOTHING_TO_SAY, Composer
from portal.services.sms.draft import conversation_sms
from portal.services.sms.permission import Matter
from portal.store import inbox, numbers, thread_entries
from portal.store.municipalities import own
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry

STOP_CONFIRMATION = "stop_confirmation"


def new_message(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    citizen, municipality = session.get_one(Citizen, message.recipient_ref), own(session)
    entries = thread_entries.told_by(session, message.id)
    read = bool(entries) and all(entry.read_at is not None for entry in entries)
    refusal = composer.not_now(session, citizen, municipality, Matter(Purpose.WRITTEN, answered=read))
    if refusal is not None:
        return refusal
    writer = next((entry.staff.name for entry in entries if entry.staff), citizen.caseworker.name)
    link = composer.portal.settings.link_url
    text = composer.text(citizen, "new_message", caseworker=writer, link=link)
    return Rendered(citizen.phone, municipality.sms_sender, text)


def meeting(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    """There is news about a meeting. What it is stands behind her PIN."""
    citizen, municipality = session.get_one(Citizen, message.recipient_ref), own(session)
    entry = session.get(ThreadEntry, message.parameters["entry_id"])
    if entry is None:
        return Withheld(NOTHING_TO_SAY)
    refusal = composer.not_now(session, citizen, municipality, Matter(Purpose.WRITTEN))
    writer = entry.staff.name if entry.staff else citizen.caseworker.name
    text = composer.text(citizen, "meeting", caseworker=writer, link=composer.portal.settings.link_url)
    return refusal or Rendered(citizen.phone, municipality.sms_sender, text)


def written(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    citizen, municipality = session.get_one(Citizen, message.recipient_ref), own(session)
    entry = session.get(ThreadEntry, message.parameters["entry_id"])
    if entry is None or not entry.body:
        return Withheld(NOTHING_TO_SAY)
    if municipality.reply_number is None:
        return Withheld(NO_REPLY_NUMBER)
    refusal = composer.not_now(session, citizen, municipality, Matter(Purpose.WRITTEN))
    text = conversation_sms(entry.body, citizen.kendeord)
    return refusal or Rendered(citizen.phone, municipality.reply_number, text)


def confirmation(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    """The one answer to what a phone has just written, at any hour. After STOP its own answer alone goes out."""
    municipality = own(session)
    if municipality.reply_number is None:
        return Withheld(NO_REPLY_NUMBER)
    citizen = session.get_one(Citizen, message.recipient_ref)
    to = message.parameters.get("to") or citizen.phone
    refusal = _unwanted(session, citizen, message.parameters["text"], to)
    if refusal is not None:
        return refusal
    text = composer.texts(citizen.language, municipality.id)(f"sms.{message.parameters['text']}")
    return Rendered(to, municipality.reply_number, conversation_sms(text, _word_for(session, citizen, to)))


def _word_for(session: TenantSession, citizen: Citizen, to: str) -> str | None:
    """Her own word stays hers: not on another phone, and not on one that she shares."""
    is_hers_alone = to == citizen.phone and inbox.how_many_have(session, citizen.phone_index) == 1
    return citizen.kendeord if is_hers_alone else None


def unknown_sender(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    """To a phone of which nobody knows who writes on it: naming nobody, in Danish or the language its owners share."""
    municipality, to = own(session), message.parameters["to"]
    if municipality.reply_number is None:
        return Withheld(NO_REPLY_NUMBER)
    if numbers.wants_no_sms(session, blind_index(PHONE_INDEX, to)):
        return Withheld(StopReason.OPTED_OUT)
    texts = composer.texts(message.parameters.get("locale", DEFAULT), municipality.id)
    text = message.parameters.get("text", "unknown_sender")
    return Rendered(to, municipality.reply_number, texts(f"sms.{text}"))


def _unwanted(session: TenantSession, citizen: Citizen, text: str, to: str) -> Withheld | None:
    has_stopped = citizen.opted_out_at is not None
    if text == STOP_CONFIRMATION:
        return None if has_stopped else Withheld(CANCELLED)
    # The phone she wrote on may be another's by now, who has said STOP.
    if has_stopped or (to != citizen.phone and numbers.wants_no_sms(session, blind_index(PHONE_INDEX, to))):
        return Withheld(StopReason.OPTED_OUT)
    return Withheld(StopReason.NUMBER_FROZEN) if citizen.frozen_at is not None else None
