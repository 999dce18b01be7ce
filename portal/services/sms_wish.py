"""What a citizen wants of our SMS, said on her own page: the same as STOP and START by SMS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.services import reachability
from portal.store.invitations import citizen_for_update
from portal.store.municipalities import own
from portal.store.people import Citizen


@dataclass(frozen=True)
class SmsWish:
    """``reply_number`` is where START can be written to as well; None where there is none."""

    gets_sms: bool
    reply_number: str | None


def wish_of(session: Session, citizen_id: int) -> SmsWish:
    citizen = session.get_one(Citizen, citizen_id)
    return SmsWish(citizen.opted_out_at is None, own(session).reply_number)


def say(session: Session, citizen_id: int, *, wants_sms: bool, now: datetime) -> None:
    """Holds at once, also for what is on its way out. Said twice, it is the same. Raises LookupError for nobody."""
    citizen = citizen_for_update(session, citizen_id)
    if citizen is None:
        raise LookupError(citizen_id)
    change = reachability.opt_in if wants_sms else reachability.opt_out
    change(session, citizen, now)
