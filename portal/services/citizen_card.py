"""A citizen's card: where she stands, what was asked of her, and what her caseworker can do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.domain.ageing import AgeingFacts, Colour, NotWhite, Standing, colour, local_day, why_not_white
from portal.domain.blinding import Sight, sight
from portal.domain.questionnaires import Respondent, Texts
from portal.services.definitions import minutes
from portal.store import citizen_card, measurements, worklist
from portal.store.citizen_card import InvitationRow
from portal.store.measurements import MeasurementRow
from portal.store.people import Citizen
from portal.store.questionnaires import Questionnaire, QuestionnaireVersion, definition, newest_versions
from portal.store.status import ZONE, citizen_facts


class State(StrEnum):
    """How far an invitation came, as the card says it; those of an SMS are ``messaging.message.Status``."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    WITHHELD = "withheld"
    OPENED = "opened"
    STARTED = "started"
    FINISHED = "finished"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Form:
    """A questionnaire that can be sent to a citizen."""

    questionnaire_id: int
    key: str
    titles: Texts
    languages: tuple[str, ...]
    minutes: int
    has_counterpart: bool


@dataclass(frozen=True)
class Sent:
    """``reason``: why its SMS waits or did not come through, a word for the catalogs."""

    invitation: InvitationRow
    titles: Texts
    state: State
    reason: str | None


@dataclass(frozen=True)
class Measured:
    """``sight``: whether staff may see the citizen's answers yet; ``own_half_missing``: the caseworker may answer."""

    row: MeasurementRow
    titles: Texts
    sight: Sight
    is_current: bool

    @property
    def own_half_missing(self) -> bool:
        return self.is_current and self.row.caseworker_finished_at is None


@dataclass(frozen=True)
class Status:
    """``colour`` is None for who stands outside the table."""

    colour: Colour | None
    not_white: NotWhite | None
    answered_on: date | None


@dataclass(frozen=True)
class Card:
    """``measured`` is the newest first."""

    status: Status
    forms: tuple[Form, ...]
    sent: tuple[Sent, ...]
    measured: tuple[Measured, ...]

    @property
    def own_half(self) -> Measured | None:
        return next((each for each in self.measured if each.own_half_missing), None)


def card(session: Session, citizen: Citizen, now: datetime) -> Card:
    """Five queries, whatever the number of invitations and measurements."""
    versions = _for_citizens(session)
    titles = {version.questionnaire_id: definition(version).titles for version in versions}
    rows = measurements.of_citizen(session, citizen.id)
    return Card(
        status=_status(_facts_of(session, citizen, _followed(versions)), now),
        forms=tuple(_form(version) for version in versions),
        sent=tuple(
            Sent(row, titles.get(row.questionnaire_id, {}), state_of(row), row.message_reason)
            for row in citizen_card.invitations(session, citizen.id)
        ),
        measured=tuple(
            Measured(row, titles.get(row.questionnaire_id, {}), _sight(row, rows), _is_current(row, rows))
            for row in rows
        ),
    )


def status(session: Session, citizen: Citizen, now: datetime) -> Status:
    return _status(_facts_of(session, citizen, worklist.followed_questionnaire(session)), now)


def _status(facts: AgeingFacts, now: datetime) -> Status:
    today = local_day(now, ZONE)
    return Status(
        colour=colour(facts, today) if facts.standing is Standing.ACTIVE else None,
        not_white=why_not_white(facts, today),
        answered_on=facts.last_answered_on,
    )


def state_of(row: InvitationRow) -> State:
    """What the citizen did is told before what her phone did: a form that is open was certainly received."""
    if row.cancelled_at and not row.finished_at:
        return State.CANCELLED
    steps = {
        State.FINISHED: row.finished_at,
        State.STARTED: row.started_at,
        State.OPENED: row.opened_at,
    }
    told_by_phone = State(row.message_status.value) if row.message_status else State.QUEUED
    return next((state for state, at in steps.items() if at is not None), told_by_phone)


def forms_to_send(session: Session) -> tuple[Form, ...]:
    return tuple(_form(version) for version in _for_citizens(session))


def _for_citizens(session: Session) -> list[QuestionnaireVersion]:
    return [
        version
        for version in newest_versions(session)
        if version.questionnaire.respondent == Respondent.CITIZEN
    ]


def _form(version: QuestionnaireVersion) -> Form:
    form = definition(version)
    row = version.questionnaire
    return Form(
        questionnaire_id=row.id,
        key=row.key,
        titles=form.titles,
        languages=form.languages,
        minutes=minutes(form),
        has_counterpart=row.counterpart_key is not None,
    )


def _followed(versions: Sequence[QuestionnaireVersion]) -> Questionnaire | None:
    """As ``worklist.followed_questionnaire``, of what has been read already."""
    forms = (each.questionnaire for each in versions if each.questionnaire.counterpart_key is not None)
    return min(forms, key=lambda form: form.id, default=None)


def _facts_of(session: Session, citizen: Citizen, form: Questionnaire | None) -> AgeingFacts:
    if form is None:
        return AgeingFacts(standing=Standing(citizen.standing))
    return citizen_facts(session, form, citizen.id)


def _sight(row: MeasurementRow, rows: Sequence[MeasurementRow]) -> Sight:
    same_form = (each.halves for each in rows if each.questionnaire_id == row.questionnaire_id)
    return sight(row.halves, same_form)


def _is_current(row: MeasurementRow, rows: Sequence[MeasurementRow]) -> bool:
    """Whether it is the one that ``own_half`` answers."""
    return row is next((each for each in rows if each.counterpart_key is not None), None)
