"""The portal's part of delivery: what an SMS says, to whom, from whom and whether it may go, all decided when
it is sent. So the language, the word she chose and the rules are those of that moment.

kind            parameters                        sender          may carry a link
invitation      invitation_id, asked_for, planned the name        yes, made here
reminder        invitation_id, step               the name        yes, made here
agenda          invitation_id                     the name        yes, made here
meeting         entry_id (the thread's mark)      the name        the site's address
new_message     (none)                            the name        the site's address
sms             entry_id (the thread's text)      the number      no
whatsapp        entry_id (the thread's text)      its own number  no
confirmation    text (key in the area sms), to    the number      no
out_of_hours    entry_id (the thread's mark)      the number      no
unknown_sender  to, text, locale                  the number      no
check_in…       ask_id, position                  the number      no
number_code     change_id                         the name        no
number_moved    change_id                         the name        no
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from database.tenancy import TenantSession
from messaging.delivery import Rendering
from messaging.gateway import Refused
from messaging.outbox import Message, OutboxMessage
from portal.runtime import Portal
from portal.services import reachability
from portal.services.receipts import citizen_of
from portal.services.sms import asking, check_ins, conversation, hours, own_number, together, whatsapp
from portal.services.sms.compose import Composer, Render
from portal.services.whatsapp import KIND
from portal.store.kept import House

KINDS: Mapping[str, Render] = {
    "invitation": asking.invitation,
    "reminder": asking.invitation,
    "agenda": asking.agenda,
    "meeting": conversation.meeting,
    "new_message": conversation.new_message,
    "sms": conversation.written,
    KIND: whatsapp.written,
    "confirmation": conversation.confirmation,
    "out_of_hours": hours.out_of_hours,
    "unknown_sender": conversation.unknown_sender,
    "check_in": check_ins.question,
    "check_in_repeat": check_ins.repeat,
    "check_in_thanks": check_ins.thanks,
    "number_code": own_number.code,
    "number_moved": own_number.notice,
}


class SmsTexts:
    """``messaging.delivery.DeliveryHooks`` for the portal."""

    def __init__(self, portal: Portal) -> None:
        self._composer, self._house = Composer(portal), House()

    def prepare(self, session: TenantSession, messages: Sequence[Message]) -> Sequence[Message]:
        return together.prepare(session, messages, self._composer.portal.clock(), self._house)

    def render(self, session: TenantSession, message: Message) -> Rendering:
        """Raises KeyError for a kind that is not in the table above."""
        return KINDS[message.kind](self._composer, session, message)

    def refused(self, session: TenantSession, message: OutboxMessage, refusal: Refused) -> None:
        """What the provider knows of her number, we know from now on; other refusals stand on the message."""
        citizen = citizen_of(session, message)
        if citizen is None:
            return
        if refusal.opted_out:
            reachability.opt_out(session, citizen, self._composer.portal.clock())
        elif refusal.permanent and message.kind != KIND:
            reachability.number_failed(session, citizen, self._composer.portal.clock())
