"""The SMS that answers what came in while a team was closed."""

from __future__ import annotations

from datetime import date

from database.tenancy import TenantSession
from messaging.delivery import Rendered, Rendering, Withheld
from messaging.outbox import Message
from messaging.policy import Purpose
from portal.services import cover
from portal.services.opening_hours import is_open_for
from portal.services.sms.compose import NO_REPLY_NUMBER, NOTHING_TO_SAY, Composer
from portal.services.sms.permission import Matter
from portal.store import thread_entries
from portal.store.municipalities import own
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry

OPEN_AGAIN = "open_again"


def out_of_hours(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    """At any hour, as it answers what she has just written; not when it waited so long that it is no longer true."""
    citizen, municipality = session.get_one(Citizen, message.recipient_ref), own(session)
    event = session.get(ThreadEntry, message.parameters["entry_id"])
    if event is None or not event.body:
        return Withheld(NOTHING_TO_SAY)
    if municipality.reply_number is None:
        return Withheld(NO_REPLY_NUMBER)
    answered = thread_entries.waiting_since(session, citizen.id) is None
    matter = Matter(Purpose.REQUESTED, answered=answered)
    refusal = composer.not_now(session, citizen, municipality, matter)
    if refusal is not None:
        return refusal
    now = composer.portal.clock()
    if is_open_for(session, citizen, now):
        return Withheld(OPEN_AGAIN)
    day = composer.texts(citizen.language, municipality.id).near_day(date.fromisoformat(event.body))
    answerer = cover.today(session, now).answers_for(citizen.caseworker)
    text = composer.text(citizen, "out_of_hours", caseworker=answerer.name, day=day)
    return Rendered(citizen.phone, municipality.reply_number, text)
