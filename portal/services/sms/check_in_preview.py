"""A check-in before it is sent: the SMS as they will be, and when the first one really goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from database.tenancy import TenantSession
from messaging.segments import Measure, measure
from portal.services.check_in_composing import NewQuestion
from portal.services.check_ins import NotAskedReason, why_not
from portal.services.sms.check_ins import asked
from portal.services.sms.compose import WINDOW, Composer
from portal.services.sms.draft import conversation_sms
from portal.store.check_ins import CheckInQuestion
from portal.store.municipalities import own
from portal.store.people import Citizen


@dataclass(frozen=True)
class Sms:
    text: str
    size: Measure


@dataclass(frozen=True)
class Preview:
    """``goes_at``: when the first SMS goes; None at once. ``moved``: that is later than the time asked for, because
    of the hours for SMS. ``stops``: why it would not go at all."""

    every: tuple[Sms, ...]
    goes_at: datetime | None
    moved: bool
    stops: NotAskedReason | None


def preview(
    composer: Composer,
    session: TenantSession,
    citizen: Citizen,
    asker: str,
    questions: Sequence[NewQuestion],
    *,
    due_at: datetime | None,
) -> Preview:
    municipality, clock = own(session), composer.portal.clock()
    wanted = max(due_at or clock, clock)
    is_open = municipality.send_always or WINDOW.is_open(wanted)
    goes_at = due_at if is_open else WINDOW.next_opening(wanted)
    return Preview(
        every=tuple(_sms(composer, citizen, asker, place, each) for place, each in enumerate(questions)),
        goes_at=goes_at,
        moved=not is_open,
        stops=why_not(citizen, municipality.reply_number),
    )


def _sms(composer: Composer, citizen: Citizen, asker: str, place: int, new: NewQuestion) -> Sms:
    texts = composer.texts(citizen.language, citizen.municipality_id)
    words = None if new.template else new.text.strip()
    question = CheckInQuestion(position=place, kind=new.kind, template=new.template, text=words)
    text = conversation_sms(asked(texts, citizen, asker, question), citizen.kendeord)
    return Sms(text, measure(text))
