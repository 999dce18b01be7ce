"""What staff write on WhatsApp; where it can no longer go there, the neutral SMS of a message in the portal."""

from __future__ import annotations

from database.tenancy import TenantSession
from messaging import whatsapp
from messaging.delivery import Rendered, Rendering, Withheld
from messaging.outbox import Message
from messaging.policy import Purpose
from portal.services.sms.compose import NOTHING_TO_SAY, Composer
from portal.services.sms.conversation import new_message
from portal.services.sms.draft import conversation_sms
from portal.services.sms.permission import Matter
from portal.services.whatsapp import own_and_last_heard, turn_to_portal
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry


def written(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    citizen = session.get_one(Citizen, message.recipient_ref)
    municipality, heard_at = own_and_last_heard(session, citizen.id)
    entry = session.get(ThreadEntry, message.parameters["entry_id"])
    if entry is None or not entry.body:
        return Withheld(NOTHING_TO_SAY)
    if entry.channel != whatsapp.CHANNEL:
        return new_message(composer, session, message)
    refusal = composer.not_now(session, citizen, municipality, Matter(Purpose.WRITTEN))
    if refusal is not None:
        return refusal
    number = municipality.whatsapp_number if composer.portal.settings.has_whatsapp else None
    if number is None or not whatsapp.is_open(heard_at, composer.portal.clock()):
        turn_to_portal(session, entry, composer.portal.clock())
        session.flush()
        return new_message(composer, session, message)
    text = conversation_sms(entry.body, citizen.kendeord)
    return Rendered(whatsapp.address(citizen.phone), whatsapp.address(number), text)
