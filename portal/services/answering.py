"""Answering a form, by the citizen or by her caseworker: start, one page at a time, finish.

Knows nothing of links and cookies: whoever calls has made sure that the one who asks may answer this form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from i18n.formatting import COPENHAGEN
from portal.domain.ageing import local_day
from portal.domain.answering import AnswerError, PageRejected, Raw, check_page
from portal.domain.indicators import score
from portal.domain.questionnaires import Answers, Page, Respondent, page_locale
from portal.services import forms, waiting
from portal.services.definitions import language_of, questionnaire_of
from portal.services.forms import Given, OpenForm
from portal.store import questionnaires, responses
from portal.store.answering import Response
from portal.store.thread import ThreadEntry


class NothingPublishedError(Exception):
    """The questionnaire has no published version to answer."""


@dataclass(frozen=True)
class Start:
    """Whose form is begun, and how. ``language`` is what the respondent reads, if the form has it."""

    measurement_id: int
    questionnaire_id: int
    citizen_id: int
    language: str
    respondent: Respondent = Respondent.CITIZEN
    invitation_id: int | None = None
    staff_id: int | None = None
    version_id: int | None = None
    """What was printed, for a form that comes back on paper; None for the newest."""


@dataclass(frozen=True)
class NoSuchForm:
    """The reference is not a form of this respondent."""


@dataclass(frozen=True)
class NoSuchPage:
    """The page is not there, or not for her: ``form.resume_at`` is where she goes on."""

    form: OpenForm


@dataclass(frozen=True)
class AlreadyFinished:
    """Nothing was changed: a finished form takes no more answers."""

    form: OpenForm


@dataclass(frozen=True)
class Rejected:
    """Nothing of the page was kept; ``typed`` is what to show again."""

    form: OpenForm
    page: Page
    errors: Mapping[str, AnswerError]
    typed: Raw


@dataclass(frozen=True)
class Overtaken:
    """An answer that waited on a phone, and a newer one stands: that one stays. ``typed`` is what waited."""

    form: OpenForm
    page: Page
    typed: Raw


@dataclass(frozen=True)
class NextPage:
    """The page is saved; ``page`` comes next."""

    form: OpenForm
    page: Page


@dataclass(frozen=True)
class Finished:
    """That was the last page: the form is sent in."""

    form: OpenForm


Submitted = NoSuchForm | NoSuchPage | AlreadyFinished | Rejected | Overtaken | NextPage | Finished


def start(session: Session, wanted: Start, now: datetime) -> OpenForm:
    """The respondent's form of this measurement: the one she has begun, or a new one.

    A new one takes the newest published version, or the one that was printed, and keeps it to its end. Raises
    NothingPublishedError.
    """
    known = responses.facts_of_measurement(session, wanted.measurement_id, wanted.respondent)
    if known is not None:
        return forms.with_answers(session, known)
    version_id = wanted.version_id or questionnaires.newest_version_id(session, wanted.questionnaire_id)
    if version_id is None:
        raise NothingPublishedError
    questionnaire = questionnaire_of(session, version_id, wanted.respondent)
    row = Response(
        measurement_id=wanted.measurement_id,
        invitation_id=wanted.invitation_id,
        citizen_id=wanted.citizen_id,
        version_id=version_id,
        respondent=wanted.respondent,
        staff_id=wanted.staff_id,
        language=language_of(questionnaire, wanted.language),
        started_at=now,
    )
    return forms.with_answers(session, responses.open_once(session, row))


def submit_page(
    session: Session,
    ref: str,
    page_number: int,
    raw: Raw,
    now: datetime,
    *,
    respondent: Respondent = Respondent.CITIZEN,
    language: str | None = None,
    citizen_id: int | None = None,
    read_in: str | None = None,
    waited: str | None = None,
) -> Submitted:
    """Check and keep the page by that number (from 1).

    ``raw``: question -> what was posted for it. ``language``: the one she reads, None for the one she
    began in. ``citizen_id``: whose form it must be, where the caller does not know that already. ``read_in``: what
    this page stood in, where she may have changed her language since. ``waited``: for what waited on a phone, the
    mark of the page she answered; None for what she sends now.
    """
    form = forms.load(session, ref, respondent, lock=True)
    if form is None or citizen_id not in (None, form.citizen_id):
        return NoSuchForm()
    if form.finished_at is not None:
        return AlreadyFinished(form)
    page = form.page_at(page_number)
    if page is None:
        return NoSuchPage(form)
    form = _in_language(session, form, language)
    checked = check_page(form.route, page, raw, local_day(now, COPENHAGEN))
    if isinstance(checked, PageRejected):
        return Rejected(form, page, checked.errors, checked.typed)
    language = page_locale(page, read_in or form.language, form.questionnaire.default_language)
    is_late = waited is not None and waiting.is_overtaken(session, form, page, waited)
    if is_late and not all(form.stands(*each, language) for each in checked.given.items()):
        return Overtaken(form, page, raw)
    form = keep(session, form, checked.given, now, language)
    return _go_on(session, form, page, now)


def _in_language(session: Session, form: OpenForm, wished: str | None) -> OpenForm:
    language = language_of(form.questionnaire, wished or form.facts.language)
    if language == form.facts.language:
        return form
    responses.change_response(session, form.facts.id, language=language)
    return replace(form, facts=form.facts._replace(language=language))


def keep(
    session: Session, form: OpenForm, given: Answers, now: datetime, language: str | None = None
) -> OpenForm:
    """Only what is new is written: a page that is sent twice changes nothing the second time.

    ``language`` is the one that the questions stood in, where that is not the form's.
    """
    language = language or form.language
    changed = {name: answer for name, answer in given.items() if not form.stands(name, answer, language)}
    rows = [forms.stored(form.questionnaire, name, answer, language) for name, answer in changed.items()]
    responses.keep_answers(session, form.facts.id, rows, form.answers.keys(), now)
    return replace(
        form,
        answers=form.answers.with_more(changed),
        answered_in={**form.answered_in, **dict.fromkeys(changed, language)},
    )


def _go_on(session: Session, form: OpenForm, page: Page, now: datetime) -> Submitted:
    following = form.route.after(page) or form.route.first_unanswered
    if following is not None:
        return NextPage(form, following)
    return Finished(finish(session, form, now))


def finish(session: Session, form: OpenForm, now: datetime) -> OpenForm:
    """Only what was asked counts: an answer whose question fell away is deleted, and gives no score."""
    met = form.route.answers
    responses.drop_answers(session, form.facts.id, form.answers.keys() - met.keys())
    answered_in = {name: form.answered_in[name] for name in met}
    facts = form.facts._replace(finished_at=now)
    form = replace(form, answers=Given(met), answered_in=answered_in, facts=facts)
    responses.change_response(session, form.facts.id, finished_at=now)
    _score(session, form)
    if form.facts.respondent == Respondent.CITIZEN:
        responses.finish_invitations(session, form.facts.measurement_id, now)
        session.add(
            ThreadEntry(
                citizen_id=form.citizen_id,
                kind="answered",
                author="citizen",
                channel="portal",
                created_at=now,
            )
        )
    return form


def _score(session: Session, form: OpenForm) -> None:
    responses.keep_scores(session, form.facts, score(form.questionnaire, form.answers, form.answered_in))
