"""Many messages into the outbox at once: what one statement for each would take minutes for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from database.lean import Lookup, insert_rows
from database.tenancy import TenantSession
from messaging.message import Status
from messaging.outbox import LEFT_WORK, NewMessage, OutboxMessage


class Known(NamedTuple):
    """A message that is in the outbox already."""

    dedupe_key: str
    id: int
    status: Status


_KNOWN = Lookup(OutboxMessage, Known._fields, among="dedupe_key")


def enqueue_many(session: TenantSession, new: Sequence[NewMessage], now: datetime) -> Mapping[str, int]:
    """As ``outbox.enqueue`` for each, in the caller's transaction: dedupe key -> id, of those that are new.

    A key that is in the outbox already is passed over and not given. Keep to some hundred at a time: on SQLite
    nobody else writes until the caller's transaction ends.
    """
    rows = [_row(each, now) for each in new]
    made: Sequence[tuple[str, int]] = insert_rows(
        session,
        OutboxMessage,
        rows,
        returning=("dedupe_key", "id"),
        once=("municipality_id", "dedupe_key"),
    )
    session.info[LEFT_WORK] = session.info.get(LEFT_WORK) or bool(made)
    return dict(made)


def known_by(session: TenantSession, keys: Sequence[str]) -> Mapping[str, Known]:
    """What the outbox has under these keys, by key."""
    return {row.dedupe_key: Known(*row) for row in _KNOWN.fetch(session, dedupe_key=keys)}


def _row(new: NewMessage, now: datetime) -> Mapping[str, object]:
    return {
        "kind": new.kind,
        "recipient_ref": new.recipient_ref,
        "dedupe_key": new.dedupe_key,
        "lane": new.lane,
        "parameters": dict(new.parameters),
        "due_at": new.due_at or now,
        "reference": secrets.token_urlsafe(16),
        "created_at": now,
    }
