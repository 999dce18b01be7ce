"""Responses and answers, read by column: these run once for each question that a citizen answers."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from database.lean import Lock, Lookup, insert_row
from database.types import Sealed
from messaging.once import add_once
from portal.domain.indicators import Scored
from portal.store.answering import Answer, IndicatorScore, Invitation, Response
from portal.store.people import Staff

REF_BYTES = 9
"""12 characters in base64url."""


class ResponseFacts(NamedTuple):
    id: int
    ref: str
    measurement_id: int
    citizen_id: int
    version_id: int
    respondent: str
    language: str
    finished_at: datetime | None


class StoredAnswer(NamedTuple):
    question: str
    value: str | None
    text: str | Sealed | None
    missing: str | None
    language: str


FACTS = (
    Response.id,
    Response.ref,
    Response.measurement_id,
    Response.citizen_id,
    Response.version_id,
    Response.respondent,
    Response.language,
    Response.finished_at,
)
_BY_REF = Lookup(Response, ResponseFacts._fields, by=("ref", "respondent"))
_ANSWERS = Lookup(Answer, StoredAnswer._fields, by=("response_id",), sealed=("text",))


def facts_by_ref(session: Session, ref: str, respondent: str, *, lock: bool = False) -> ResponseFacts | None:
    """``lock``: two posts at once take their turns (SQLite's writing transactions do so by themselves)."""
    rows = _BY_REF.fetch(session, ref=ref, respondent=respondent, lock=Lock.WAIT if lock else Lock.NONE)
    return ResponseFacts(*rows[0]) if rows else None


def facts_of_measurement(session: Session, measurement_id: int, respondent: str) -> ResponseFacts | None:
    query = select(*FACTS).where(Response.measurement_id == measurement_id, Response.respondent == respondent)
    row = session.execute(query).one_or_none()
    return None if row is None else ResponseFacts(*row)


class HowGiven(NamedTuple):
    """``mode``, ``help`` and ``helper`` as in ``portal.domain.help``; ``entered_by``: the name of who typed it in.
    ``answers``: how many there are so far."""

    mode: str
    help: str
    helper: str | None
    entered_by: str | None
    answers: int

    @property
    def has_begun_herself(self) -> bool:
        return self.entered_by is None and self.answers > 0


def how_given(session: Session, measurement_id: int) -> HowGiven | None:
    """How the citizen's half came about; None where nobody has begun it."""
    answers = select(func.count(Answer.id)).where(Answer.response_id == Response.id).scalar_subquery()
    query = (
        select(Response.mode, Response.help, Response.helper, Staff.name, answers)
        .outerjoin(Staff, Staff.id == Response.entered_by)
        .where(Response.measurement_id == measurement_id, Response.respondent == "citizen")
    )
    row = session.execute(query).one_or_none()
    return None if row is None else HowGiven(*row)


def finished_of(session: Session, citizen_id: int) -> list[ResponseFacts]:
    """What the citizen herself has sent in, the newest first."""
    query = (
        select(*FACTS)
        .where(
            Response.citizen_id == citizen_id,
            Response.respondent == "citizen",
            Response.finished_at.is_not(None),
        )
        .order_by(Response.finished_at.desc(), Response.id.desc())
    )
    return [ResponseFacts(*row) for row in session.execute(query)]


def answers_of(session: Session, response_id: int) -> Sequence[StoredAnswer]:
    """Rows with the fields of ``StoredAnswer``; each text is sealed."""
    rows: Sequence[StoredAnswer] = _ANSWERS.fetch(session, response_id=response_id)
    return rows


def newest_answer_at(session: Session, response_id: int, questions: Collection[str]) -> datetime | None:
    """When one of the questions was last answered; None while none of them is."""
    query = select(func.max(Answer.answered_at)).where(
        Answer.response_id == response_id, Answer.question.in_(questions)
    )
    return session.scalar(query)


class OwnText(NamedTuple):
    version_id: int
    finished_at: datetime | None
    question: str
    text: str | None
    language: str


def own_texts(session: Session, citizen_id: int, limit: int) -> list[OwnText]:
    """What she wrote herself in the forms that she has sent in, the newest form first and in its order of answers;
    what she left empty is among it."""
    query = (
        select(
            Response.version_id,
            Response.finished_at,
            Answer.question,
            Answer.text,
            Answer.language,
        )
        .join(Response, Response.id == Answer.response_id)
        .where(
            Response.citizen_id == citizen_id,
            Response.respondent == "citizen",
            Response.finished_at.is_not(None),
            Answer.text.is_not(None),
        )
        .order_by(Response.finished_at.desc(), Answer.id)
        .limit(limit)
    )
    return [OwnText(*row) for row in session.execute(query)]


def open_once(session: Session, new: Response) -> ResponseFacts:
    """The respondent's one response of the measurement: the one that is there, or ``new``."""
    new.ref = secrets.token_urlsafe(REF_BYTES)
    query = select(Response).where(
        Response.measurement_id == new.measurement_id, Response.respondent == new.respondent
    )
    row, _ = add_once(session, lambda: session.scalars(query).one_or_none(), lambda: new)
    return ResponseFacts(*(getattr(row, name) for name in ResponseFacts._fields))


def keep_answers(
    session: Session,
    response_id: int,
    answers: Collection[StoredAnswer],
    known: Collection[str],
    now: datetime,
) -> None:
    """``known`` are the questions that have a row already."""
    for answer in answers:
        values = answer._asdict() | {"answered_at": now}
        if answer.question in known:
            session.execute(
                update(Answer)
                .where(Answer.response_id == response_id, Answer.question == answer.question)
                .values(**values)
                .execution_options(synchronize_session=False)
            )
        else:
            insert_row(session, Answer, {"response_id": response_id, **values})


def drop_answers(session: Session, response_id: int, questions: Collection[str]) -> None:
    if questions:
        session.execute(
            delete(Answer)
            .where(Answer.response_id == response_id, Answer.question.in_(questions))
            .execution_options(synchronize_session=False)
        )


def change_response(session: Session, response_id: int, **values: object) -> None:
    session.execute(
        update(Response)
        .where(Response.id == response_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def keep_scores(session: Session, response: ResponseFacts, scores: Collection[Scored]) -> None:
    session.add_all(
        IndicatorScore(response_id=response.id, citizen_id=response.citizen_id, **scored._asdict())
        for scored in scores
    )


def finish_invitations(session: Session, measurement_id: int, now: datetime) -> None:
    """Every invitation to this form: they all asked for the same answers."""
    session.execute(
        update(Invitation)
        .where(Invitation.measurement_id == measurement_id, Invitation.finished_at.is_(None))
        .values(finished_at=now)
        .execution_options(synchronize_session=False)
    )
