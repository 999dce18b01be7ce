"""A gateway that answers as it was told to, and the portal's part of a delivery, both remembering."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from database.tenancy import TenantSession
from messaging.delivery import Rendered, Rendering
from messaging.gateway import Accepted, Outcome, OutgoingSms, Refused
from messaging.outbox import Message

PHONE = "+4510123456"


@dataclass
class ScriptedGateway:
    """Gives the scripted outcomes in order, then accepts. `meanwhile` runs while the provider has the message."""

    outcomes: list[Outcome | Exception] = field(default_factory=list)
    meanwhile: Callable[[OutgoingSms], object] = lambda _sms: None
    sent: list[OutgoingSms] = field(default_factory=list)
    name: str = "scripted"

    def send(self, sms: OutgoingSms) -> Outcome:
        self.sent.append(sms)
        self.meanwhile(sms)
        outcome = self.outcomes.pop(0) if self.outcomes else Accepted(f"id-{len(self.sent)}")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@dataclass
class ScriptedHooks:
    """Renders `answer` (or raises it) for every message."""

    answer: Rendering | Exception = field(default_factory=lambda: Rendered(PHONE, "Aakoebing", "Hej Ane"))
    rendered: list[int] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)

    def prepare(self, session: TenantSession, messages: Sequence[Message]) -> Sequence[Message]:
        return messages

    def render(self, session: TenantSession, message: Message) -> Rendering:
        self.rendered.append(message.id)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def refused(self, session: TenantSession, message: Message, refusal: Refused) -> None:
        self.refusals.append(refusal)


@dataclass
class Clock:
    """Time that passes only when a test says so."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now
