"""Which messages are next, and whose they are while a worker holds them.

A claim goes round the municipalities, the one served longest ago first: conversations of all of them, then an
even share of what else each has due. However much one of them has in the outbox, another's message is not
behind it. Each has a line, whose row is locked while it is served: so the pace holds for all workers together.

The cost does not grow with the outbox: a claim looks at the head of each municipality's lanes, and takes from
there, all in the order of one index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ForeignKey, Select, Update, bindparam, literal_column, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from database.base import Base, Municipality, Owned
from database.lean import Lock, Lookup
from database.ready import ReadyStatements, padded
from database.tenancy import TenantSession
from database.types import UtcDateTime
from messaging import pacing
from messaging.message import Lane
from messaging.once import add_once
from messaging.outbox import LEASE, InHand, OutboxMessage

T = TypeVar("T")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class OutboxLine(Owned, Base):
    """Where a municipality stands in the round of those served, and how fast its messages may leave."""

    __tablename__ = "outbox_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), unique=True)
    per_second: Mapped[int] = mapped_column(default=pacing.DEFAULT_PER_SECOND)
    """Messages, over all workers."""
    free_at: Mapped[datetime] = mapped_column(UtcDateTime, default=LONG_AGO)
    served_at: Mapped[datetime] = mapped_column(UtcDateTime, default=LONG_AGO)


@dataclass(frozen=True)
class Claim:
    """A row that `owner` holds until its lease ends."""

    message_id: int
    municipality_id: int
    owner: str


@dataclass(frozen=True)
class Claimed:
    """`more`: something else is due and may go now. `ready_at`: when what the pace holds back is worth asking
    for again."""

    claims: Sequence[Claim]
    more: bool = False
    ready_at: datetime | None = None


def claim(session: Session, owner: str, now: datetime, limit: int) -> Claimed:
    """Take up to `limit` due rows, in a session that looks across municipalities; no two workers get one row.

    `owner` must be new for every call: it is what proves later that the lease is still ours.
    """
    waiting = _waiting(session, now)
    if not waiting:
        return Claimed(())
    round_ = _Round(session, owner, now, limit)
    lines = _locked(session, [*waiting][:limit])
    for lanes in ({Lane.CONVERSATION}, {Lane.SINGLE, Lane.BULK}):
        round_.serve([(line, sorted(lanes & waiting[line.municipality_id])) for line in lines])
    round_.hold(lines)
    return Claimed(round_.claims, round_.more or len(waiting) > len(lines), round_.ready_at)


def waits_since(session: Session, now: datetime) -> dict[Lane, datetime]:
    """Of each lane in which something is due: when the first of it became so, over all municipalities."""
    rows = _fetch(session, _HEADS, {})
    due = [(lane, at) for row in rows for lane, at in zip(Lane, row[2:], strict=True) if at and at <= now]
    return {lane: min(at for each, at in due if each is lane) for lane in {lane for lane, _ in due}}


def set_pace(session: Session, municipality_id: int, per_second: int) -> None:
    """So many of a municipality's messages may leave in a second (>= 1), all workers together."""
    _line(session, municipality_id).per_second = per_second


def held(session: Session, claim: Claim) -> OutboxMessage | None:
    """The claimed row, locked, or None when the lease has passed to another worker."""
    return session.scalars(_HELD, {"held": claim.message_id, "holder": claim.owner}).one_or_none()


def taken_up(session: TenantSession, claims: Sequence[Claim], lock: Lock = Lock.WAIT) -> Sequence[InHand]:
    """The claimed rows that are still ours and want a worker, locked."""
    owners = {claim.message_id: claim.owner for claim in claims}
    found = _TAKEN_UP.fetch(session, lock=lock, id=[*owners])
    ours = [row for row in found if row.claimed_by == owners[row.id] and row.due_at is not None]
    return [InHand(*row) for row in ours]


def by_municipality(items: Sequence[T], of: Callable[[T], Claim]) -> Iterator[tuple[int, Sequence[T]]]:
    """Each municipality with what is its own."""
    own: dict[int, list[T]] = {}
    for item in items:
        own.setdefault(of(item).municipality_id, []).append(item)
    return iter(own.items())


def release(session: Session, claims: Sequence[Claim], until: datetime, reason: str | None) -> None:
    """Let go of claimed rows that were not begun, until `until`."""
    for claim in claims:
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == claim.message_id, OutboxMessage.claimed_by == claim.owner)
            .where(OutboxMessage.due_at.is_not(None))
            .values(claimed_by=None, due_at=until, reason=reason)
            .execution_options(synchronize_session=False)
        )


@dataclass
class _Line:
    """A municipality's line, locked. ``is_served``: something was taken from it."""

    id: int
    municipality_id: int
    per_second: int
    free_at: datetime
    is_served: bool = False


@dataclass
class _Round:
    """One claim on its way round the lines, with what it has taken so far."""

    session: Session
    owner: str
    now: datetime
    limit: int
    claims: list[Claim] = field(default_factory=list)
    more: bool = False
    ready_at: datetime | None = None

    def serve(self, lines: Sequence[tuple[_Line, Sequence[Lane]]]) -> None:
        """An even share for each; what one does not need goes to those behind it."""
        waiting = [(line, lanes) for line, lanes in lines if lanes]
        for behind, (line, lanes) in zip(range(len(waiting), 0, -1), waiting, strict=True):
            share = -(-(self.limit - len(self.claims)) // behind)
            for lane in lanes:
                share -= self._take(line, lane, share)

    def _take(self, line: _Line, lane: Lane, share: int) -> int:
        room = pacing.room(line.free_at, line.per_second, lane, self.now)
        count = min(share, room)
        taken = self._first_due(line.municipality_id, lane, count) if count else []
        if taken:
            line.free_at = pacing.moved_on(line.free_at, line.per_second, len(taken), self.now)
            line.is_served = True
        if len(taken) == count < room:
            self.more = True
        elif len(taken) == room:
            again = pacing.worth_asking_at(line.free_at, line.per_second)
            self.ready_at = min(self.ready_at or again, again)
        return len(taken)

    def _first_due(self, municipality_id: int, lane: Lane, count: int) -> list[int]:
        values = {"of": municipality_id, "in_lane": lane, "now": self.now}
        found = [row[0] for row in _fetch(self.session, _FIRST_DUE, values, count)]
        self.claims += [Claim(message_id, municipality_id, self.owner) for message_id in found]
        return found

    def hold(self, lines: Sequence[_Line]) -> None:
        """Make what was taken ours, and write down how far each line has come."""
        connection = self.session.connection()
        if self.claims:
            ids = padded([claim.message_id for claim in self.claims])
            values = {"owner": self.owner, "until": self.now + LEASE}
            rows = [{**values, **_numbered(ids)}]
            _HOLD.of(connection, len(ids)).execute(connection, rows)
        served = [
            {"line": line.id, "new_free_at": line.free_at, "new_served_at": self.now}
            for line in lines
            if line.is_served
        ]
        if served:
            _SERVED.of(connection).execute(connection, served)


def _waiting(session: Session, now: datetime) -> dict[int, frozenset[Lane]]:
    """The municipalities with something due, and in which lanes: conversations first, then the one served
    longest ago."""
    rows = _fetch(session, _HEADS, {})
    due = [
        (served_at or LONG_AGO, municipality_id, _lanes_due(heads, now))
        for municipality_id, served_at, *heads in rows
    ]
    due.sort(key=lambda each: (Lane.CONVERSATION not in each[2], each[:2]))
    return {municipality_id: lanes for _, municipality_id, lanes in due if lanes}


def _lanes_due(heads: Sequence[datetime | None], now: datetime) -> frozenset[Lane]:
    return frozenset(lane for lane, due_at in zip(Lane, heads, strict=True) if due_at and due_at <= now)


def _locked(session: Session, municipalities: Sequence[int]) -> list[_Line]:
    """Their lines in the order given, locked in the order of their keys, so that no two claims wait for each other."""
    lines = _lines(session, municipalities)
    missing = sorted({*municipalities} - lines.keys())
    for municipality_id in missing:
        _line(session, municipality_id)
    lines = _lines(session, municipalities) if missing else lines
    return [lines[each] for each in municipalities]


def _line(session: Session, municipality_id: int) -> OutboxLine:
    own = select(OutboxLine).where(OutboxLine.municipality_id == municipality_id)
    return add_once(
        session, lambda: session.scalar(own), lambda: OutboxLine(municipality_id=municipality_id)
    )[0]


def _lines(session: Session, municipalities: Sequence[int]) -> dict[int, _Line]:
    ids = padded(municipalities)
    found = (_Line(*row) for row in _fetch(session, _LINES, _numbered(ids), len(ids)))
    return {line.municipality_id: line for line in found}


def _fetch(session: Session, statement: ReadyStatements, values: Mapping[str, Any], *form: int) -> Any:
    session.flush()
    connection = session.connection()
    return statement.of(connection, *form).fetch(connection, values)


def _numbered(values: Sequence[int]) -> dict[str, int]:
    return {f"each_{number}": value for number, value in enumerate(values)}


def _any_of(count: int) -> list[BindParameter[Any]]:
    return [bindparam(f"each_{number}") for number in range(count)]


_HELD = (
    select(OutboxMessage)
    .where(OutboxMessage.id == bindparam("held"), OutboxMessage.claimed_by == bindparam("holder"))
    .with_for_update()
)
_TAKEN_UP = Lookup(OutboxMessage, [each.name for each in fields(InHand)], among="id")
_OUTBOX: Any = OutboxMessage.__table__


_LINE: Any = OutboxLine.__table__


def _heads() -> Select[Any]:
    """Of each municipality: when the first of each lane is due."""
    heads = (
        select(_OUTBOX.c.due_at)
        .where(_OUTBOX.c.municipality_id == Municipality.id, _OUTBOX.c.lane == literal_column(str(int(lane))))
        .where(_OUTBOX.c.due_at.is_not(None))
        .order_by(_OUTBOX.c.due_at)
        .limit(1)
        .scalar_subquery()
        .label(lane.name.lower())
        for lane in Lane
    )
    return select(Municipality.id, OutboxLine.served_at, *heads).outerjoin(
        OutboxLine, OutboxLine.municipality_id == Municipality.id
    )


def _first_due(count: int) -> Select[Any]:
    """The limit is written out: PostgreSQL plans for a tenth of all that is due where it cannot read it."""
    return (
        select(_OUTBOX.c.id)
        .where(_OUTBOX.c.municipality_id == bindparam("of"), _OUTBOX.c.lane == bindparam("in_lane"))
        .where(_OUTBOX.c.due_at <= bindparam("now"))
        .order_by(_OUTBOX.c.due_at, _OUTBOX.c.id)
        .limit(literal_column(str(count)))
        .with_for_update(skip_locked=True)
    )


def _lines_of(count: int) -> Select[Any]:
    return (
        select(_LINE.c.id, _LINE.c.municipality_id, _LINE.c.per_second, _LINE.c.free_at)
        .where(_LINE.c.municipality_id.in_(_any_of(count)))
        .order_by(_LINE.c.municipality_id)
        .with_for_update(key_share=True)
    )


def _hold(count: int) -> Update:
    new: dict[str, Any] = {"claimed_by": bindparam("owner"), "due_at": bindparam("until")}
    return update(_OUTBOX).where(_OUTBOX.c.id.in_(_any_of(count))).values(new)


def _served() -> Update:
    new: dict[str, Any] = {"free_at": bindparam("new_free_at"), "served_at": bindparam("new_served_at")}
    return update(_LINE).where(_LINE.c.id == bindparam("line")).values(new)


_HEADS = ReadyStatements(
    _heads, [_OUTBOX.c.id.type, _LINE.c.served_at.type, *[_OUTBOX.c.due_at.type] * len(Lane)]
)
_FIRST_DUE = ReadyStatements(_first_due)
_LINES = ReadyStatements(
    _lines_of, [_LINE.c[name].type for name in ("id", "municipality_id", "per_second", "free_at")]
)
_HOLD, _SERVED = ReadyStatements(_hold), ReadyStatements(_served)
