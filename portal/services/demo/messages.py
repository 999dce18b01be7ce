"""The SMS of the demo: in the outbox as they were sent, and on the phones as they arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from database.encryption import blind_index
from i18n.texts import Catalogs
from messaging import simulator
from messaging.message import FINAL, Status, dedupe_key
from messaging.outbox import OutboxMessage
from messaging.segments import measure
from messaging.simulator import PhoneState, SimulatedMessage, SimulatedPhone
from portal.services.demo.days import Days, chance
from portal.services.demo.fates import Fate
from portal.services.demo.people import Resident
from portal.services.demo.plans import Stand
from portal.services.demo.tokens import token
from portal.store.people import Citizen

PHONE_STATES = {
    Stand.PHONE_OFF: PhoneState.OFF,
    Stand.NO_RECEIPT: PhoneState.OFF,
    Stand.NUMBER_DEAD: PhoneState.NOT_IN_USE,
}
TRIES_WHEN_UNSURE = 5


@dataclass
class Sms:
    """One SMS to a citizen. ``at``: when it was wanted or, for a planned one, when it is due.

    ``key``: what it is about, for the dedupe key. ``row`` is there once it is stored.
    """

    citizen: Citizen
    kind: str
    key: tuple[int | str, ...]
    at: datetime
    sender: str
    text: str
    fate: Fate = Fate.DELIVERED
    parameters: Mapping[str, Any] = field(default_factory=dict)
    wanted_at: datetime | None = None
    row: OutboxMessage | None = None


@dataclass(frozen=True)
class Written:
    """An SMS that a citizen wrote on her phone."""

    citizen: Citizen
    to: str
    text: str
    at: datetime
    provider_id: str


@dataclass(frozen=True)
class Wordings:
    """What our SMS say, as ``services.sms`` words them when it sends."""

    catalogs: Catalogs

    def of(self, citizen: Citizen, kind: str, caseworker: str, **values: object) -> str:
        texts = self.catalogs.texts(citizen.language)
        names = {"name": citizen.first_name, "caseworker": caseworker.split(maxsplit=1)[0]}
        if citizen.kendeord:
            kind, names["word"] = f"{kind}_with_word", citizen.kendeord
        return texts(f"sms.{kind}", **{key: texts.isolate(name) for key, name in names.items()}, **values)


def add_outbox(session: Session, every: Sequence[Sms], days: Days) -> None:
    rng = chance("message names")
    for sms in sorted(every, key=lambda each: each.at):
        sms.row = _outbox_row(sms, rng, days)
        session.add(sms.row)
    session.flush()


def add_phones(everyone: Session, residents: Iterable[Resident]) -> None:
    everyone.add_all(
        SimulatedPhone(
            number=each.row.phone,
            number_index=blind_index(simulator.PHONE_INDEX, each.row.phone),
            state=PHONE_STATES.get(each.plan.stand, PhoneState.ON),
        )
        for each in residents
    )


def add_screens(
    everyone: Session, every: Iterable[Sms], written: Iterable[Written], more: Iterable[SimulatedMessage]
) -> None:
    """What went over the network, in the order it went."""
    rows = [_on_screen(sms, sms.row) for sms in every if sms.row is not None and sms.fate.value.left]
    rows += [*(_typed(each) for each in written), *more]
    rows.sort(key=lambda row: row.created_at)
    everyone.add_all(rows)


def _outbox_row(sms: Sms, rng: Random, days: Days) -> OutboxMessage:
    end = sms.fate.value
    reference, provider_id = token(rng), f"SM{rng.randbytes(16).hex()}"
    row = OutboxMessage(
        dedupe_key=dedupe_key(sms.kind, *sms.key),
        kind=sms.kind,
        recipient_ref=sms.citizen.id,
        parameters=dict(sms.parameters),
        status=end.status,
        reference=reference,
        reason=end.reason,
        error_code=end.error_code,
        created_at=sms.wanted_at or sms.at,
    )
    if end.status is Status.QUEUED:
        row.due_at = sms.at
        return row
    if end.status in FINAL:
        row.finished_at = sms.at + timedelta(seconds=4)
    if end.status is not Status.WITHHELD:
        row.gateway, row.attempts, row.parts = simulator.NAME, 1, measure(sms.text).parts
    if end.left:
        row.sent_at, row.provider_id = sms.at + timedelta(seconds=1), provider_id
    if end.status is Status.SENDING:
        row.attempts, row.due_at = TRIES_WHEN_UNSURE, days.ahead(1, 12)
    return row


def _on_screen(sms: Sms, row: OutboxMessage) -> SimulatedMessage:
    end, sent_at = sms.fate.value, row.sent_at or sms.at
    return SimulatedMessage(
        phone_index=blind_index(simulator.PHONE_INDEX, sms.citizen.phone),
        to=sms.citizen.phone,
        sender=sms.sender,
        text=sms.text,
        provider_id=row.provider_id,
        reference=row.reference,
        awaits_receipt=end.awaits_receipt,
        created_at=sent_at,
        arrived_at=sent_at if end.arrived else None,
    )


def _typed(written: Written) -> SimulatedMessage:
    return SimulatedMessage(
        phone_index=blind_index(simulator.PHONE_INDEX, written.citizen.phone),
        to=written.to,
        sender=written.citizen.phone,
        text=written.text,
        is_reply=True,
        provider_id=written.provider_id,
        created_at=written.at,
    )
