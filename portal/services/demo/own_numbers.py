"""A citizen who changed her number herself the evening before, so that a caseworker sees it and can put it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from database.encryption import blind_index
from database.tenancy import TenantSession
from messaging.inbound import PHONE_INDEX
from portal.content import demo_people as content
from portal.services.demo.alarms import reachable_danes
from portal.services.demo.days import Days
from portal.services.demo.people import Resident
from portal.store.number_changes import NumberChange
from portal.store.numbers import FormerNumber
from portal.store.thread import EventKind, ThreadEntry

AFTER_THE_ALARMS = 3
"""Those before her have troubles of their own."""


def add_own_change(session: TenantSession, residents: Sequence[Resident], days: Days) -> None:
    """The phone she has is the new one."""
    hers, at = reachable_danes(residents)[AFTER_THE_ALARMS].row, days.at(1, 19, 12)
    before = content.NUMBER_BEFORE
    change = NumberChange(
        citizen_id=hers.id,
        new_phone=hers.phone,
        old_phone=before,
        asked_at=at,
        code_expires_at=at + timedelta(minutes=15),
        changed_at=at + timedelta(minutes=1),
    )
    mark = ThreadEntry(
        citizen_id=hers.id,
        kind=EventKind.OWN_NUMBER,
        author="citizen",
        channel="portal",
        created_at=at + timedelta(minutes=1),
    )
    former = FormerNumber(
        citizen_id=hers.id, phone_index=blind_index(PHONE_INDEX, before), until=at + timedelta(minutes=1)
    )
    session.add_all([change, mark, former])
