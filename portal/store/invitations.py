"""What the sending of a questionnaire and the opening of a link look up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, func, select, update
from sqlalchemy.orm import Session, joinedload

from database.lean import Lookup
from portal.store import people
from portal.store.answering import Invitation, Link, Measurement, Response
from portal.store.kept import keep, kept, of_the_house
from portal.store.people import Citizen, Colleague


def citizen_for_update(session: Session, citizen_id: int) -> Citizen | None:
    """Locked: two clicks at once take their turns."""
    return session.scalars(select(Citizen).where(Citizen.id == citizen_id).with_for_update()).one_or_none()


def unfinished_since(
    session: Session, citizen_ids: Sequence[int], questionnaire_id: int, since: datetime
) -> dict[int, int]:
    """Citizen -> the newest invitation to this form that was made after ``since`` and is still open."""
    query = (
        select(Invitation.citizen_id, func.max(Invitation.id))
        .where(
            Invitation.citizen_id.in_(citizen_ids),
            Invitation.questionnaire_id == questionnaire_id,
            Invitation.created_at > since,
            Invitation.finished_at.is_(None),
            Invitation.cancelled_at.is_(None),
        )
        .group_by(Invitation.citizen_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def open_measurements(
    session: Session, citizen_ids: Sequence[int], questionnaire_id: int, since: datetime
) -> dict[int, int]:
    """Citizen -> her newest measurement with this form after ``since`` that lacks her half."""
    answered = exists().where(
        Response.measurement_id == Measurement.id,
        Response.respondent == "citizen",
        Response.finished_at.is_not(None),
    )
    query = (
        select(Measurement.citizen_id, func.max(Measurement.id))
        .where(
            Measurement.citizen_id.in_(citizen_ids),
            Measurement.questionnaire_id == questionnaire_id,
            Measurement.opened_at > since,
            ~answered,
        )
        .group_by(Measurement.citizen_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


class Asking(NamedTuple):
    """What the SMS of an invitation wants to know of it: the columns of those names."""

    id: int
    citizen_id: int
    questionnaire_id: int
    sent_by: int
    finished_at: datetime | None
    cancelled_at: datetime | None


_ASKING = Lookup(Invitation, Asking._fields, among="id")


def asking(session: Session, invitation_id: int) -> Asking | None:
    def find() -> Asking | None:
        rows = _ASKING.fetch(session, id=[invitation_id])
        return Asking(*rows[0]) if rows else None

    return kept(session, (Asking, invitation_id), find)


def colleague(session: Session, staff_id: int) -> Colleague:
    """Of one who has sent an invitation."""
    return of_the_house(session, (Colleague, staff_id), lambda: people.colleagues(session, [staff_id])[0])


def look_up(session: Session, invitation_ids: Sequence[int]) -> None:
    """What ``asking`` will be asked of each."""
    for row in _ASKING.fetch(session, id=invitation_ids):
        keep(session, (Asking, row.id), Asking(*row))


def with_people(session: Session, invitation_id: int) -> Invitation | None:
    """The invitation with its citizen, sender and questionnaire, in one select."""
    return session.scalars(_WITH_PEOPLE, {"invited": invitation_id}).one_or_none()


_WITH_PEOPLE = (
    select(Invitation)
    .where(Invitation.id == bindparam("invited"))
    .options(
        joinedload(Invitation.citizen),
        joinedload(Invitation.sender),
        joinedload(Invitation.questionnaire),
    )
)


def link_by_token(session: Session, token_index: str) -> tuple[Link, Invitation] | None:
    """For a session that looks across municipalities: only the token says whose link it is."""
    row = session.execute(
        select(Link, Invitation)
        .join(Invitation, Invitation.id == Link.invitation_id)
        .where(Link.token_index == token_index)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def revoke_links(session: Session, citizen_id: int, now: datetime) -> None:
    mine = select(Invitation.id).where(Invitation.citizen_id == citizen_id)
    session.execute(
        update(Link)
        .where(Link.invitation_id.in_(mine), Link.revoked_at.is_(None))
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )


def waiting_for(session: Session, citizen_id: int) -> list[Invitation]:
    """The citizen's open invitations, the newest first, each form once."""
    found = session.scalars(
        select(Invitation)
        .where(
            Invitation.citizen_id == citizen_id,
            Invitation.finished_at.is_(None),
            Invitation.cancelled_at.is_(None),
        )
        .options(joinedload(Invitation.questionnaire), joinedload(Invitation.sender))
        .order_by(Invitation.id.desc())
    )
    return list({invitation.measurement_id: invitation for invitation in reversed(found.all())}.values())[
        ::-1
    ]


def cancel_told_by(session: Session, message_ids: Sequence[int], now: datetime) -> None:
    """The invitations whose first SMS these were to be: taken back before she was told."""
    session.execute(
        update(Invitation)
        .where(Invitation.message_id.in_(message_ids), Invitation.cancelled_at.is_(None))
        .values(cancelled_at=now)
        .execution_options(synchronize_session=False)
    )


def cancel_open(session: Session, invitation_ids: Sequence[int], now: datetime) -> None:
    """Those of them that she has not answered meanwhile. Looks across municipalities."""
    session.execute(
        update(Invitation)
        .where(
            Invitation.id.in_(invitation_ids),
            Invitation.finished_at.is_(None),
            Invitation.cancelled_at.is_(None),
        )
        .values(cancelled_at=now)
        .execution_options(synchronize_session=False)
    )
