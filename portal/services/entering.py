"""Staff type in what the citizen answers: read aloud on the phone, at a meeting, or from paper.

The caseworker sees those answers, so her own half goes first where the form has one: afterwards it would no
longer be blind. And answers that the citizen has begun by herself stay hers until she sends them in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from database.tenancy import TenantSession
from i18n.locales import LOCALES
from portal.domain.answering import AnswerError, Raw
from portal.domain.help import ALONE, ENTERED_BY_STAFF, Helper, Mode
from portal.domain.progression import Help
from portal.domain.questionnaires import Answer, Questionnaire, Respondent
from portal.services import answering, forms, whole_form
from portal.services.answering import Start
from portal.services.definitions import questionnaire_of
from portal.services.forms import OpenForm
from portal.services.invitations import measurements_for
from portal.services.whole_form import Filled
from portal.store import measurements, papers, questionnaires, responses
from portal.store.measurements import MeasurementRow
from portal.store.papers import PaperForm
from portal.store.people import Citizen

HERS = Respondent.CITIZEN


class Closed(Enum):
    """Why staff type in nothing here, now."""

    OWN_HALF_FIRST = "own_half_first"
    SHE_HAS_BEGUN = "she_has_begun"
    FINISHED = "finished"


@dataclass(frozen=True)
class How:
    """On which way the answers come, and in which language they were asked. ``version_id`` for what was printed."""

    mode: Mode
    language: str
    version_id: int | None = None


@dataclass(frozen=True)
class Entry:
    """The form as staff have typed it so far; ``errors`` and ``typed`` are those of a post that was refused.
    ``helper``: what is ticked for who helped, empty for nothing yet."""

    questionnaire: Questionnaire
    answers: Mapping[str, Answer]
    helper: str = ""
    errors: Mapping[str, AnswerError] = field(default_factory=dict)
    typed: Raw = field(default_factory=dict)


@dataclass(frozen=True)
class Entered:
    """It is sent in."""

    measurement_id: int


@dataclass(frozen=True)
class Typed:
    """What was posted. ``helper`` is None for answers that she gave alone."""

    filled: Filled
    helper: Helper | None


def how_of(mode: str, language: str, paper: PaperForm | None) -> How | None:
    """None for a way that is not one of staff's, and for a language that we do not speak."""
    if paper is not None:
        return How(Mode.PAPER, paper.language, paper.version_id)
    return How(Mode(mode), language) if mode in ENTERED_BY_STAFF and language in LOCALES else None


def begin(session: TenantSession, citizen: Citizen, questionnaire_id: int, now: datetime) -> int | None:
    """The measurement that the answers belong to, opened where there is none; None for nothing published."""
    if questionnaires.newest_version_id(session, questionnaire_id) is None:
        return None
    return measurements_for(session, [citizen.id], questionnaire_id, now)[citizen.id]


def open_entry(
    session: TenantSession, citizen_id: int, measurement_id: int, how: How
) -> Entry | Closed | None:
    """None for a measurement that is not hers. Reading begins nothing."""
    row = _row(session, citizen_id, measurement_id)
    if row is None:
        return None
    closed = _closed(session, row)
    if closed is not None:
        return closed
    known, given = responses.facts_of_measurement(session, row.id, HERS), responses.how_given(session, row.id)
    if known is not None and given is not None and given.entered_by is not None:
        form = forms.with_answers(session, known)
        return Entry(form.questionnaire, form.answers, given.helper or ALONE)
    version_id = how.version_id or questionnaires.newest_version_id(session, row.questionnaire_id)
    usual = "" if how.mode is Mode.PAPER else Helper.CASEWORKER.value
    return None if version_id is None else Entry(questionnaire_of(session, version_id, HERS), {}, usual)


def type_in(
    session: TenantSession,
    citizen_id: int,
    measurement_id: int,
    how: How,
    typed: Typed,
    *,
    staff_id: int,
    now: datetime,
) -> Entry | Entered | Closed | None:
    """Keep every answer that is valid, also when another is not; send in only what is whole."""
    row = _row(session, citizen_id, measurement_id)
    if row is None:
        return None
    closed = _closed(session, row)
    if closed is not None:
        return closed
    wanted = Start(row.id, row.questionnaire_id, citizen_id, how.language, version_id=how.version_id)
    begun = answering.start(session, wanted, now)
    form = forms.load(session, begun.ref, HERS, lock=True) or begun
    closed = Closed.FINISHED if form.finished_at is not None else _hers(session, row.id)
    if closed is not None:  # she was quicker, before we held it
        return closed
    helped = Help.WITH_HELP if typed.helper else Help.ALONE
    responses.change_response(
        session, form.facts.id, mode=how.mode, help=helped, helper=typed.helper, entered_by=staff_id
    )
    kept = whole_form.keep(session, form, typed.filled, now)
    if kept.is_finished:
        return Entered(row.id)
    met = kept.form.route.answers
    return Entry(form.questionnaire, met, typed.helper or ALONE, kept.errors, typed.filled.raw)


def note_helper(session: TenantSession, form: OpenForm, helper: Helper | None) -> None:
    """Her own word on who helped her to answer. What staff typed in stays as they said."""
    given = responses.how_given(session, form.facts.measurement_id)
    if given is not None and given.entered_by is None:
        helped = Help.WITH_HELP if helper else Help.ALONE
        responses.change_response(session, form.facts.id, help=helped, helper=helper)


def print_form(
    session: TenantSession,
    citizen: Citizen,
    questionnaire_id: int,
    language: str,
    *,
    staff_id: int,
    now: datetime,
) -> PaperForm | None:
    """A form on paper with a code of its own; None for nothing published, or no language of ours."""
    version_id = questionnaires.newest_version_id(session, questionnaire_id)
    if version_id is None or language not in LOCALES:
        return None
    paper = PaperForm(
        code=papers.free_code(session),
        citizen_id=citizen.id,
        measurement_id=measurements_for(session, [citizen.id], questionnaire_id, now)[citizen.id],
        version_id=version_id,
        language=language,
        printed_by=staff_id,
        printed_at=now,
    )
    session.add(paper)
    session.flush()
    return paper


def _row(session: TenantSession, citizen_id: int, measurement_id: int) -> MeasurementRow | None:
    rows = measurements.of_citizen(session, citizen_id)
    return next((row for row in rows if row.id == measurement_id), None)


def _closed(session: TenantSession, row: MeasurementRow) -> Closed | None:
    if row.citizen_finished_at is not None:
        return Closed.FINISHED
    if row.counterpart_key is not None and row.caseworker_finished_at is None:
        return Closed.OWN_HALF_FIRST
    return _hers(session, row.id)


def _hers(session: TenantSession, measurement_id: int) -> Closed | None:
    given = responses.how_given(session, measurement_id)
    return Closed.SHE_HAS_BEGUN if given is not None and given.has_begun_herself else None
