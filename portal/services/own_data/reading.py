"""What is stored about a citizen, read section by section for herself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from portal.domain.questionnaires import Respondent, Texts
from portal.services import forms
from portal.services.definitions import questionnaire_of
from portal.services.own_data import seen
from portal.services.own_data.fields import Field, Kind
from portal.services.own_data.sections import BY_NAME, SECTIONS, Section
from portal.services.receipt import AnswerLine, answer_lines
from portal.store import belonging
from portal.store.answering import Answer, IndicatorScore, Response
from portal.store.audit import AuditEvent
from portal.store.check_ins import CheckInAnswer
from portal.store.groups import Group
from portal.store.people import Staff, Team
from portal.store.questionnaires import definition, newest_versions
from portal.store.responses import ResponseFacts, StoredAnswer

Value = str | int | float | bool | date | datetime | Decimal | Texts | None


@dataclass(frozen=True)
class Told:
    """One thing, as it is stored; ``what`` is beside it for what merely happened in a thread: its kind."""

    field: Field
    value: Value
    what: str = ""


@dataclass(frozen=True)
class Record:
    """One row. ``answers`` are those of a form."""

    told: tuple[Told, ...]
    answers: tuple[AnswerLine, ...] = ()


class Names:
    """Names behind ids, each list asked for once, and only when somebody needs it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def staff(self) -> Mapping[int, str]:
        return self._pairs(Staff.id, Staff.name)

    @cached_property
    def teams(self) -> Mapping[int, str]:
        return self._pairs(Team.id, Team.name)

    @cached_property
    def groups(self) -> Mapping[int, str]:
        return self._pairs(Group.id, Group.name)

    @cached_property
    def forms(self) -> Mapping[int, Texts]:
        return {each.questionnaire_id: definition(each).titles for each in newest_versions(self._session)}

    def _pairs(self, key: InstrumentedAttribute[int], name: InstrumentedAttribute[str]) -> Mapping[int, str]:
        return {row[0]: row[1] for row in self._session.execute(select(key, name))}


def counts(session: Session, citizen_id: int) -> Mapping[str, int]:
    """How many rows each section has."""
    wanted = {each.name: (each.row, each.only) for each in SECTIONS}
    return belonging.counts_of(session, citizen_id, wanted)


def records(session: Session, section: Section, citizen_id: int, names: Names) -> tuple[Record, ...]:
    """The oldest first."""
    if section.row is AuditEvent:
        return tuple(_looks(session, section, citizen_id))
    rows = belonging.rows_of(session, section.row, citizen_id, *section.only, options=_with(section))
    if section.row is Response:
        return _with_answers(session, section, rows, names)
    if section.row is IndicatorScore:
        return tuple(_score(session, section, row, names) for row in rows)
    return tuple(Record(_told(section, row, names)) for row in rows)


def everything(session: Session, citizen_id: int) -> Mapping[str, tuple[Record, ...]]:
    """Every section, the empty ones too."""
    names = Names(session)
    return {name: records(session, section, citizen_id, names) for name, section in BY_NAME.items()}


_LOOKED_UP: Mapping[Kind, Callable[[Names], Mapping[int, Any]]] = {
    Kind.STAFF: lambda names: names.staff,
    Kind.TEAM: lambda names: names.teams,
    Kind.GROUP: lambda names: names.groups,
    Kind.FORM: lambda names: names.forms,
}


def _told(section: Section, row: Any, names: Names) -> tuple[Told, ...]:
    return tuple(_one(field, row, names) for field in section.fields)


def _one(field: Field, row: Any, names: Names) -> Told:
    value = attrgetter(field.at)(row)
    if field.kind in _LOOKED_UP:
        return Told(field, None if value is None else _LOOKED_UP[field.kind](names).get(value))
    return Told(field, value, getattr(row, "kind", "") if field.kind is Kind.SAID else "")


def _with(section: Section) -> tuple[Any, ...]:
    """What the fields reach for in other tables, in the same query."""
    return _LOADED.get(section.row, ())


_LOADED: Mapping[type[Any], tuple[Any, ...]] = {
    Response: (joinedload(Response.measurement),),
    IndicatorScore: (joinedload(IndicatorScore.response),),
    CheckInAnswer: (joinedload(CheckInAnswer.question),),
}


def _with_answers(
    session: Session, section: Section, rows: Sequence[Response], names: Names
) -> tuple[Record, ...]:
    given: defaultdict[int, list[StoredAnswer]] = defaultdict(list)
    for each in belonging.rows_of(session, Answer, rows[0].citizen_id) if rows else ():
        given[each.response_id].append(
            StoredAnswer(each.question, each.value, each.text, each.missing, each.language)
        )
    return tuple(
        Record(_told(section, row, names), _lines(session, row, given.get(row.id, ()))) for row in rows
    )


def _lines(session: Session, row: Response, given: Sequence[StoredAnswer]) -> tuple[AnswerLine, ...]:
    facts = ResponseFacts(*(getattr(row, name) for name in ResponseFacts._fields))
    return answer_lines(forms.holding(session, facts, given))


def _score(session: Session, section: Section, row: IndicatorScore, names: Names) -> Record:
    """The theme in the words of the form, in the form's languages, where it still asks about it."""
    response = row.response
    form = questionnaire_of(session, response.version_id, Respondent(response.respondent))
    labels = next((each.labels for each in form.questions.values() if each.indicator == row.indicator), None)
    told = _told(section, row, names)
    return Record(
        tuple(
            Told(each.field, dict(labels)) if labels and each.field.at == "indicator" else each
            for each in told
        )
    )


def _looks(session: Session, section: Section, citizen_id: int) -> Iterator[Record]:
    """One for each day, person and thing done, as the page has it."""
    day, name, did = section.fields
    for each in seen.all_days(session, citizen_id):
        for look in each.looks:
            for done in look.did:
                yield Record((Told(day, each.day), Told(name, look.name or None), Told(did, done)))
