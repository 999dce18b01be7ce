"""Answering a form, on both databases: each page durable, nothing twice, nothing after the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from database.engine import Database
from portal.domain.questionnaires import Answer as Given
from portal.domain.questionnaires import Missing, Respondent, wording_fingerprint
from portal.services import answering, forms
from portal.services.answering import (
    AlreadyFinished,
    Finished,
    NextPage,
    NoSuchForm,
    NoSuchPage,
    NothingPublishedError,
    Rejected,
    Start,
    Submitted,
)
from portal.services.forms import OpenForm
from portal.services.receipt import answer_lines
from portal.store.answering import Answer, IndicatorScore, Measurement, Response
from portal.store.questionnaires import QuestionnaireVersion
from portal.store.thread import ThreadEntry
from tests.cases import Case
from tests.forms import definition, small_form

SHORT = {"belief_in_work": "4", "job_search": "1", "wish": "Arbejde i en have"}


def begin(database: Database, case: Case, now: datetime, language: str = "da") -> OpenForm:
    with database.write(case.municipality_id) as session:
        measurement = Measurement(
            citizen_id=case.citizen_id, questionnaire_id=case.questionnaire_id, opened_at=now
        )
        session.add(measurement)
        session.flush()
        wanted = Start(measurement.id, case.questionnaire_id, case.citizen_id, language)
        return answering.start(session, wanted, now)


def submit(
    database: Database,
    case: Case,
    form: OpenForm,
    page: str,
    *values: str,
    now: datetime,
    language: str = "da",
) -> Submitted:
    names = [each.name for each in form.questionnaire.pages]
    number = names.index(page) + 1 if page in names else 99
    with database.write(case.municipality_id) as session:
        return answering.submit_page(session, form.ref, number, {page: values}, now, language=language)


def answer_all(
    database: Database, case: Case, form: OpenForm, now: datetime, answers: dict[str, str] = SHORT
) -> Submitted:
    result: Submitted = NoSuchForm()
    for page, value in answers.items():
        result = submit(database, case, form, page, value, now=now)
    return result


def stored(database: Database, case: Case, form: OpenForm) -> OpenForm:
    with database.read(case.municipality_id) as session:
        found = forms.load(session, form.ref)
    assert found is not None
    return found


def test_a_page_is_kept_and_the_next_one_comes(database: Database, case: Case, now: datetime) -> None:
    form = begin(database, case, now)
    result = submit(database, case, form, "belief_in_work", "4", now=now)
    assert isinstance(result, NextPage) and result.page.name == "job_search"
    assert stored(database, case, form).answers == {"belief_in_work": Given("4")}


def test_opened_again_the_form_goes_on_where_it_was_left(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    submit(database, case, form, "belief_in_work", "4", now=now)
    with database.write(case.municipality_id) as session:
        wanted = Start(form.facts.measurement_id, case.questionnaire_id, case.citizen_id, "da")
        again = answering.start(session, wanted, now)
    assert again.ref == form.ref
    assert again.resume_at == 2


def test_a_question_that_an_answer_calls_for_is_asked_and_otherwise_passed_over(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    asked = submit(database, case, form, "job_search", "3", now=now)
    passed = submit(database, case, form, "job_search", "1", now=now)
    assert isinstance(asked, NextPage) and asked.page.name == "job_search_channels"
    assert isinstance(passed, NextPage) and passed.page.name == "wish"


def test_an_answer_out_of_range_keeps_nothing_and_gives_back_what_was_typed(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    result = submit(database, case, form, "belief_in_work", "9", now=now)
    assert isinstance(result, Rejected) and result.typed == {"belief_in_work": ("9",)}
    assert stored(database, case, form).answers == {}


def test_a_page_that_is_not_there_or_not_for_her_takes_no_answer(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    for page in ("nowhere", "job_search_channels"):
        result = submit(database, case, form, page, "adverts", now=now)
        assert isinstance(result, NoSuchPage) and result.form.resume_at == 1


def test_a_question_that_is_not_on_the_page_is_refused(database: Database, case: Case, now: datetime) -> None:
    form = begin(database, case, now)
    raw = {"belief_in_work": ["4"], "job_search": ["5"]}
    with database.write(case.municipality_id) as session:
        result = answering.submit_page(session, form.ref, 1, raw, now)
    assert isinstance(result, Rejected) and set(result.errors) == {"job_search"}


def test_a_page_sent_twice_is_one_answer(database: Database, case: Case, now: datetime) -> None:
    form = begin(database, case, now)
    for _ in range(2):
        submit(database, case, form, "belief_in_work", "4", now=now)
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(Answer.id))) == 1


def test_an_answer_can_be_changed_until_the_form_is_sent_in(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    submit(database, case, form, "belief_in_work", "4", now=now)
    submit(database, case, form, "belief_in_work", "2", now=now)
    assert stored(database, case, form).answers["belief_in_work"] == Given("2")


def test_ten_posts_at_once_are_one_answer_and_no_fault(database: Database, case: Case, now: datetime) -> None:
    form = begin(database, case, now)
    with ThreadPoolExecutor(10) as pool:
        jobs = [pool.submit(submit, database, case, form, "belief_in_work", "4", now=now) for _ in range(10)]
    assert all(isinstance(job.result(), NextPage) for job in jobs)
    with database.read(case.municipality_id) as session:
        assert session.scalar(select(func.count(Answer.id))) == 1


def test_the_last_page_sends_the_form_in_and_tells_the_thread(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    assert isinstance(answer_all(database, case, form, now), Finished)
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(Response)).one().finished_at == now
        assert session.scalars(select(ThreadEntry)).one().kind == "answered"


def test_a_finished_form_takes_no_more_answers(database: Database, case: Case, now: datetime) -> None:
    form = begin(database, case, now)
    answer_all(database, case, form, now)
    result = submit(database, case, form, "belief_in_work", "1", now=now)
    assert isinstance(result, AlreadyFinished)
    assert stored(database, case, form).answers["belief_in_work"] == Given("4")


def test_a_page_left_out_is_asked_for_before_the_form_is_sent_in(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    submit(database, case, form, "job_search", "1", now=now)
    result = submit(database, case, form, "wish", "", now=now)
    assert isinstance(result, NextPage) and result.page.name == "belief_in_work"


def test_scores_are_made_of_what_was_met_with_the_wording_it_was_met_in(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    submit(database, case, form, "belief_in_work", "4", now=now, language="en")
    submit(database, case, form, "job_search", "_dont_know", now=now)
    submit(database, case, form, "wish", "", now=now)
    with database.read(case.municipality_id) as session:
        rows = session.scalars(select(IndicatorScore)).all()
        scores = {row.indicator: (row.value, row.wording) for row in rows}
    questions = form.questionnaire.questions
    assert scores == {
        "belief_in_work": (4.0, wording_fingerprint(questions["belief_in_work"], "en")),
        "job_search": (None, wording_fingerprint(questions["job_search"], "da")),
    }


def test_an_answer_whose_question_fell_away_is_gone_when_the_form_is_sent_in(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    submit(database, case, form, "job_search", "3", now=now)
    submit(database, case, form, "job_search_channels", "adverts", "people", now=now)
    answer_all(database, case, form, now)
    assert set(stored(database, case, form).answers) == set(SHORT)


def test_the_receipt_shows_each_answer_in_the_words_it_was_given_in(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    submit(database, case, form, "belief_in_work", "5", now=now, language="en")
    submit(database, case, form, "job_search", "_refused", now=now)
    submit(database, case, form, "wish", "Fred & ro", now=now)
    lines = answer_lines(stored(database, case, form))
    assert [(line.question, line.answers, line.locale) for line in lines] == [
        ("Do you think you could manage a job?", ("completely",), "en"),
        ("Har du søgt job?", (), "da"),
        ("Hvad ønsker du dig?", ("Fred & ro",), "da"),
    ]
    assert lines[1].missing is Missing.REFUSED


def test_free_text_is_not_readable_in_the_database(database: Database, case: Case, now: datetime) -> None:
    form = begin(database, case, now)
    answer_all(database, case, form, now)
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT value, text FROM answers").all()
    assert not any("have" in (cell or "") for row in rows for cell in row)


def test_a_form_keeps_its_version_though_a_newer_one_is_published(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    with database.write(case.municipality_id) as session:
        session.add(
            QuestionnaireVersion(
                questionnaire_id=case.questionnaire_id, number=2, published_at=now,
                definition=definition(small_form()) | {"titles": {"da": "Ny"}},
            )
        )  # fmt: skip
    assert stored(database, case, form).questionnaire.titles["da"] == "Sådan går det"
    assert begin(database, case, now + timedelta(days=1)).questionnaire.titles["da"] == "Ny"


def test_a_questionnaire_without_a_version_cannot_be_begun(
    database: Database, case: Case, now: datetime
) -> None:
    with database.write(case.municipality_id) as session, pytest.raises(NothingPublishedError):
        answering.start(session, Start(1, 999_999, case.citizen_id, "da"), now)


def test_the_caseworkers_half_is_hers_alone_and_tells_no_thread(
    database: Database, case: Case, now: datetime
) -> None:
    hers = begin(database, case, now)
    with database.write(case.municipality_id) as session:
        wanted = Start(
            hers.facts.measurement_id,
            case.counterpart_id,
            case.citizen_id,
            "da",
            Respondent.CASEWORKER,
            staff_id=case.staff_id,
        )
        form = answering.start(session, wanted, now)
        raw = {"purposefulness": ["3"]}
        as_citizen = answering.submit_page(session, form.ref, 1, raw, now)
        result = answering.submit_page(session, form.ref, 1, raw, now, respondent=Respondent.CASEWORKER)
    assert as_citizen == NoSuchForm()
    assert isinstance(result, Finished)
    with database.read(case.municipality_id) as session:
        assert session.scalars(select(ThreadEntry)).all() == []
        assert session.scalars(select(IndicatorScore)).one().value == 3


def test_answering_one_question_takes_two_selects_and_one_write(
    database: Database, case: Case, now: datetime
) -> None:
    form = begin(database, case, now)
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement.split(maxsplit=1)[0])

    event.listen(database.engine, "before_cursor_execute", note)
    submit(database, case, form, "belief_in_work", "4", now=now)
    event.remove(database.engine, "before_cursor_execute", note)
    assert [word for word in statements if word != "BEGIN"] == ["SELECT", "SELECT", "INSERT"]
