"""Which rows of a table are about one citizen: asked by what she reads, what she takes home and what is erased."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from messaging.inbound import InboundMessage
from messaging.outbox import OutboxMessage
from portal.store.answering import Answer, Invitation, Link, Response
from portal.store.people import Citizen
from portal.store.thread import ThreadEntry, UnplacedMessage

Row = type[Any]
CHUNK = 500
"""Ids in one statement: below what SQLite takes."""


def belongs(row: Row, citizen_id: int) -> ColumnElement[bool]:
    """The condition on a mapped class: its own ``citizen_id``, where it leads to her by another way, that one."""
    other = _BY_ANOTHER_WAY.get(row)
    found: ColumnElement[bool] = row.citizen_id == citizen_id if other is None else other(citizen_id)
    return found


def rows_of(
    session: Session, row: Row, citizen_id: int, *also: ColumnElement[bool], options: Sequence[Any] = ()
) -> Sequence[Any]:
    """The oldest first. ``options``: what is loaded with them."""
    query = select(row).where(belongs(row, citizen_id), *also).options(*options).order_by(row.id)
    return session.scalars(query).all()


def ids_of(session: Session, row: Row, citizen_id: int) -> list[int]:
    return list(session.scalars(select(row.id).where(belongs(row, citizen_id))))


def counts_of(
    session: Session, citizen_id: int, wanted: Mapping[str, tuple[Row, tuple[ColumnElement[bool], ...]]]
) -> dict[str, int]:
    """How many rows there are under each name, in one query."""
    columns = [
        select(func.count(row.id)).where(belongs(row, citizen_id), *also).scalar_subquery().label(name)
        for name, (row, also) in wanted.items()
    ]
    return dict(session.execute(select(Citizen.id, *columns).where(Citizen.id == citizen_id)).one()._mapping)


def delete_rows(session: Session, row: Row, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), CHUNK):
        gone = delete(row).where(row.id.in_(ids[start : start + CHUNK]))
        session.execute(gone.execution_options(synchronize_session=False))


def _inbound(citizen_id: int) -> ColumnElement[bool]:
    """In her thread, or placed there; what merely came from her number may be another's who shares it."""
    in_thread = select(ThreadEntry.inbound_id).where(
        ThreadEntry.citizen_id == citizen_id, ThreadEntry.inbound_id.is_not(None)
    )
    placed = select(UnplacedMessage.inbound_id).where(UnplacedMessage.citizen_id == citizen_id)
    return or_(InboundMessage.id.in_(in_thread), InboundMessage.id.in_(placed))


def _answers(citizen_id: int) -> ColumnElement[bool]:
    return Answer.response_id.in_(select(Response.id).where(Response.citizen_id == citizen_id))


def _links(citizen_id: int) -> ColumnElement[bool]:
    return Link.invitation_id.in_(select(Invitation.id).where(Invitation.citizen_id == citizen_id))


_BY_ANOTHER_WAY: Mapping[Row, Callable[[int], ColumnElement[bool]]] = {
    Citizen: lambda citizen_id: Citizen.id == citizen_id,
    Answer: _answers,
    Link: _links,
    OutboxMessage: lambda citizen_id: OutboxMessage.recipient_ref == citizen_id,
    InboundMessage: _inbound,
}
