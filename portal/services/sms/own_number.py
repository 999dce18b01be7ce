"""The two SMS of a change of number: the code to the new phone, and the notice to the old one.

Neither names her nor carries her word: one goes to a phone that need not be hers, the other to one she has left. They
go at any hour: somebody waits for the first, and the second is of use at once or not at all.
"""

from __future__ import annotations

from database.encryption import blind_index
from database.tenancy import TenantSession
from messaging.delivery import Rendered, Rendering, Withheld
from messaging.inbound import PHONE_INDEX
from messaging.outbox import Message
from messaging.policy import StopReason
from portal.services import own_number
from portal.services.sms.compose import CANCELLED, Composer
from portal.store import numbers
from portal.store.municipalities import own
from portal.store.number_changes import NumberChange
from portal.store.people import Citizen


def code(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    change, now = _change(session, message), composer.portal.clock()
    newest = own_number.waiting(session, message.recipient_ref, now)
    if change is None or newest is None or newest.id != change.id:
        return Withheld(CANCELLED)
    made = own_number.make_code(change, now)
    return _sms(composer, session, message, change.new_phone, code=made)


def notice(composer: Composer, session: TenantSession, message: Message) -> Rendering:
    change = _change(session, message)
    if change is None or change.old_phone is None or change.undone_at is not None:
        return Withheld(CANCELLED)
    return _sms(composer, session, message, change.old_phone, phone=own(session).office_phone)


def _change(session: TenantSession, message: Message) -> NumberChange | None:
    return session.get(NumberChange, message.parameters["change_id"])


def _sms(composer: Composer, session: TenantSession, message: Message, to: str, **values: str) -> Rendering:
    citizen, municipality = session.get_one(Citizen, message.recipient_ref), own(session)
    if citizen.opted_out_at is not None or numbers.wants_no_sms(session, blind_index(PHONE_INDEX, to)):
        return Withheld(StopReason.OPTED_OUT)
    texts = composer.texts(citizen.language, municipality.id)
    text = texts(f"sms.{message.kind}", **{key: texts.isolate(value) for key, value in values.items()})
    return Rendered(to, municipality.sms_sender, text)
