"""SMS that are in nobody's thread: set aside for staff, with one neutral answer at most.

The answer names nobody and says nothing of whether the number is known. Words of crisis are heard here too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from database.tenancy import TenantSession
from i18n.formatting import COPENHAGEN
from i18n.locales import DEFAULT
from messaging import outbox
from messaging.inbound import InboundMessage
from messaging.message import Lane, dedupe_key
from messaging.outbox import NewMessage
from portal.domain.naming import Named, Names, who_is_named
from portal.services import crisis, placing
from portal.services.heard import heard
from portal.store import inbox, numbers
from portal.store.inbox import BLOCKED
from portal.store.numbers import QuietNumber, WhyQuiet
from portal.store.people import Citizen
from portal.store.thread import UnplacedMessage

NAME_COUNTS_FOR = timedelta(hours=24)
"""So long after the question who writes is an SMS that begins with a name the answer to it."""
_A_PHONE = re.compile(r"\+\d{8,15}")
"""A name or a short code can write to us, but not be answered."""


class WhyUnplaced(StrEnum):
    UNKNOWN_SENDER = "unknown_sender"
    FORMER_NUMBER = "former_number"
    SHARED_NUMBER = "shared_number"
    NUMBER_FROZEN = "number_frozen"
    NAMED = "named"
    """Placed at once, for the name in front of it; kept so that staff can take it out again."""


MAY_BE_BLOCKED = frozenset({WhyUnplaced.UNKNOWN_SENDER, WhyUnplaced.FORMER_NUMBER})
"""A number that a citizen has now cannot be."""
ANSWERS: Mapping[WhyUnplaced, str] = {
    WhyUnplaced.UNKNOWN_SENDER: "unknown_sender",
    WhyUnplaced.FORMER_NUMBER: "unknown_sender",
    WhyUnplaced.SHARED_NUMBER: "who_writes",
}
"""The text in the area sms; a number that somebody said is not hers gets none."""


def why_unplaced(
    session: TenantSession, citizens: Sequence[Citizen], message: InboundMessage
) -> WhyUnplaced | None:
    """None when it is one citizen's, and hers."""
    if len(citizens) > 1:
        return WhyUnplaced.SHARED_NUMBER
    if citizens:
        return WhyUnplaced.NUMBER_FROZEN if citizens[0].frozen_at else None
    if numbers.former_owners(session, message.sender_index):
        return WhyUnplaced.FORMER_NUMBER
    return WhyUnplaced.UNKNOWN_SENDER


def take(
    session: TenantSession, citizens: Sequence[Citizen], message: InboundMessage, why: WhyUnplaced
) -> None:
    """Kept in every case. What comes from a blocked number is not shown, and gets no answer."""
    if why is WhyUnplaced.SHARED_NUMBER and _goes_to_who_is_named(session, citizens, message):
        return
    if set_aside(session, message, why).outcome == BLOCKED:
        return
    alarm = crisis.take_strangers_alarm(session, message)
    if not _A_PHONE.fullmatch(message.sender):
        return
    if alarm is None and why in ANSWERS:
        # At most once a day for each number, or two machines would talk for ever.
        day = message.received_at.astimezone(COPENHAGEN).date().isoformat()
        _answer(session, citizens, message, ANSWERS[why], day)
    elif alarm is not None and alarm.answered_at is not None:
        _answer(session, citizens, message, crisis.ANSWER, str(message.id))


def set_aside(session: TenantSession, message: InboundMessage, why: WhyUnplaced) -> UnplacedMessage:
    row = UnplacedMessage(inbound_id=message.id, why=why)
    if why in MAY_BE_BLOCKED and numbers.quiet(session, message.sender_index, WhyQuiet.BLOCKED):
        row.settled_at, row.outcome = message.received_at, BLOCKED
    session.add(row)
    return row


def stop(session: TenantSession, message: InboundMessage) -> None:
    """STOP from a number that is no citizen's holds for the answers to strangers too."""
    if numbers.quiet(session, message.sender_index, WhyQuiet.STOPPED) is None:
        session.add(
            QuietNumber(
                phone=message.sender,
                phone_index=message.sender_index,
                why=WhyQuiet.STOPPED,
                since=message.received_at,
            )
        )


def start(session: TenantSession, message: InboundMessage) -> None:
    stopped = numbers.quiet(session, message.sender_index, WhyQuiet.STOPPED)
    if stopped is not None:
        session.delete(stopped)


def _goes_to_who_is_named(
    session: TenantSession, citizens: Sequence[Citizen], message: InboundMessage
) -> bool:
    """Only after the question who writes: before it, a name in front may be whom the SMS is about."""
    since = message.received_at - NAME_COUNTS_FOR
    waiting = inbox.unplaced_from(session, message.sender_index, since, but=WhyUnplaced.NAMED)
    theirs = [each for each in citizens if each.frozen_at is None]
    named = who_is_named(message.text, [Names(each.first_name, each.kendeord) for each in theirs])
    if not waiting or named is None:
        return False
    _place_named(session, theirs[named.place], named, message, waiting)
    return True


def _place_named(
    session: TenantSession,
    citizen: Citizen,
    named: Named,
    message: InboundMessage,
    waiting: Sequence[UnplacedMessage],
) -> None:
    """The name alone answers for the one SMS that waits; where several wait, staff decide about those."""
    now = message.received_at
    still_open = [row for row in waiting if row.settled_at is None]
    if not named.says_more and len(still_open) == 1:
        (row,) = still_open
        entry = placing.place(session, citizen, row.inbound, now)
        if not crisis.is_raised(session, row.inbound):
            heard(session, citizen, entry, now)
        placing.settle_placed(row, citizen, now)
    entry = placing.place(session, citizen, message, now)
    placing.settle_placed(set_aside(session, message, WhyUnplaced.NAMED), citizen, now)
    if named.says_more:
        heard(session, citizen, entry, now)


def _answer(
    session: TenantSession, citizens: Sequence[Citizen], message: InboundMessage, text: str, part: str
) -> None:
    languages = {citizen.language for citizen in citizens}
    locale = languages.pop() if len(languages) == 1 else DEFAULT
    key = dedupe_key(text, message.sender_index, part)
    parameters = {"to": message.sender, "text": text, "locale": locale}
    new = NewMessage("unknown_sender", message.id, key, parameters, lane=Lane.CONVERSATION)
    outbox.enqueue(session, new, message.received_at)
