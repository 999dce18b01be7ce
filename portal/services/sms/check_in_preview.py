"""A check-in before it is sent: the SMS as they will be, and when the first one really goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from database.tenancy import TenantSession
from i18n.texts import Texts
from messaging.policy import Purpose, Wait, WaitReason
from messaging.segments import Measure, measure
from portal.domain.replies import ReplyKind
from portal.services.check_in_composing import NewQuestion
from portal.services.check_ins import NotAskedReason, why_not
from portal.services.sms.check_ins import asked
from portal.services.sms.compose import Composer
from portal.services.sms.draft import conversation_sms
from portal.services.sms.permission import Matter, decision
from portal.store.check_ins import CheckInQuestion
from portal.store.municipalities import own
from portal.store.people import Citizen


@dataclass(frozen=True)
class Sms:
    text: str
    size: Measure


@dataclass(frozen=True)
class Preview:
    """``goes_at``: when the first SMS goes; None at once. ``waits_for``: why that is later than the time
    asked for. ``stops``: why it would not go at all."""

    every: tuple[Sms, ...]
    goes_at: datetime | None
    waits_for: WaitReason | None
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
    wait = held_by(session, citizen, due_at or composer.portal.clock())
    return Preview(
        every=tuple(_sms(composer, citizen, asker, place, each) for place, each in enumerate(questions)),
        goes_at=wait.until if wait else due_at,
        waits_for=wait.reason if wait else None,
        stops=why_not(citizen, own(session).reply_number),
    )


def held_by(session: TenantSession, citizen: Citizen, wanted: datetime) -> Wait | None:
    """What would hold a question that is to go to her then."""
    decided = decision(session, citizen, own(session), Matter(Purpose.ASKED), wanted)
    return decided if isinstance(decided, Wait) else None


def _sms(composer: Composer, citizen: Citizen, asker: str, place: int, new: NewQuestion) -> Sms:
    texts = composer.texts(citizen.language, citizen.municipality_id)
    words = None if new.template else new.text.strip()
    question = CheckInQuestion(position=place, kind=new.kind, template=new.template, text=words)
    text = conversation_sms(asked(texts, citizen.first_name, asker, question), citizen.kendeord)
    return Sms(text, measure(text))


def framed(words: str, *, texts: Texts, first_name: str, asker: str, kind: ReplyKind, place: int) -> str:
    """Own words as they will stand in the SMS: with the greeting and how to answer."""
    return asked(texts, first_name, asker, CheckInQuestion(position=place, kind=kind, text=words))
