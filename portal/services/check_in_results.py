"""A caseworker's own check-ins, with what came of them among the citizens of her team."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.domain.check_ins import AskState
from portal.services.reach import Reader
from portal.store import check_in_asks, check_in_results
from portal.store.check_in_results import AnswerRow, AskRow
from portal.store.check_ins import CheckIn, CheckInQuestion

SHOWN = 500


@dataclass(frozen=True)
class Results:
    """``values``: question -> how many answered what. Every figure counts citizens of the reader's team."""

    check_in: CheckIn
    states: Counter[AskState]
    values: Mapping[int, Counter[str]]

    @property
    def asked(self) -> int:
        return self.states.total()

    @property
    def answered(self) -> int:
        return self.states[AskState.ANSWERED]


@dataclass(frozen=True)
class OfOne:
    """One citizen who was asked; ``answers`` by question."""

    row: AskRow
    answers: Mapping[int, AnswerRow]


@dataclass(frozen=True)
class Details:
    results: Results
    citizens: tuple[OfOne, ...]


def own(session: Session, reader: Reader) -> list[Results]:
    """What the reader composed, the newest first: four queries, whatever the number."""
    return _results(session, check_in_asks.made_by(session, reader.staff_id), reader)


def details(session: Session, reader: Reader, check_in_id: int) -> Details | None:
    """None for a check-in that is not the reader's own."""
    check_in = check_in_asks.with_questions(session, check_in_id)
    if check_in is None or check_in.made_by != reader.staff_id or reader.team_id is None:
        return None
    rows = check_in_results.asks(session, check_in_id, reader.team_id, SHOWN)
    answers = check_in_results.answers(session, [row.id for row in rows])
    citizens = tuple(OfOne(row, answers.get(row.id, {})) for row in rows)
    return Details(_results(session, [check_in], reader)[0], citizens)


def choices(session: Session, staff_id: int) -> list[tuple[int, Sequence[CheckInQuestion]]]:
    """What the caseworker has composed and can ask again, the newest first."""
    return [(each.id, each.questions) for each in check_in_asks.made_by(session, staff_id)]


def _results(session: Session, composed: Sequence[CheckIn], reader: Reader) -> list[Results]:
    if reader.team_id is None:
        return []
    ids = [each.id for each in composed]
    states = check_in_results.states(session, ids, reader.team_id)
    values = check_in_results.values(session, ids, reader.team_id)
    return [Results(each, states.get(each.id, Counter()), values) for each in composed]
