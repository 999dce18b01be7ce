"""One municipality with an outbox, a worker and a gateway that does as it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from database.engine import Database
from database.tenancy import EVERYONE
from messaging.crew import Crew
from messaging.delivery import Courier, Result
from messaging.gateway import Receipt
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from messaging.receipts import apply
from tests.conftest import NOW
from tests.doubles.gateway import Clock, ScriptedGateway, ScriptedHooks


@dataclass
class Office:
    database: Database
    municipality: int
    gateway: ScriptedGateway = field(default_factory=ScriptedGateway)
    hooks: ScriptedHooks = field(default_factory=ScriptedHooks)
    clock: Clock = field(default_factory=lambda: Clock(NOW))

    def courier(self, name: str = "worker") -> Courier:
        return Courier(self.database, self.gateway, self.hooks, self.clock, name)

    def enqueue(self, key: str = "invitation:7") -> int:
        with self.database.write(self.municipality) as session:
            return enqueue(session, NewMessage("invitation", 7, key), self.clock.now).message.id

    def deliver(self, after: timedelta = timedelta(), limit: int = 20) -> dict[Result, int]:
        self.clock.now += after
        return dict(Crew(1).deliver(self.courier(), limit).results)

    def message(self, message_id: int) -> OutboxMessage:
        with self.database.read(self.municipality) as session:
            return session.get_one(OutboxMessage, message_id)

    def receive(self, receipt: Receipt, now: datetime | None = None) -> bool:
        with self.database.write(EVERYONE) as session:
            return apply(session, receipt, now or self.clock.now).changed
