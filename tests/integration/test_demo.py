"""The demo's picture is true: everything that a page can show is there, and the same each time."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Mapper

from database.base import Base, Municipality
from database.engine import Database
from database.tenancy import EVERYONE
from messaging.message import Status
from messaging.outbox import OutboxMessage
from messaging.policy import Purpose, Send
from messaging.segments import measure
from messaging.simulator import PhoneState, SimulatedMessage, SimulatedPhone
from portal.content import demo_people as content
from portal.domain.ageing import Colour, NotWhite, Standing, colour, local_day, why_not_white
from portal.domain.answering import PageAccepted, check_page
from portal.domain.check_ins import AskState
from portal.domain.indicators import score
from portal.domain.pins import PinVerdict, judge_pin
from portal.domain.progression import Change, NotComparable, series
from portal.domain.questionnaires import Answers, Question, Questionnaire
from portal.domain.routing import Route
from portal.runtime import Portal
from portal.services import forms
from portal.services.credentials import password_fits
from portal.services.demo.build import build
from portal.services.demo.removal import NotADemoError
from portal.services.progression import entries
from portal.services.sms.permission import Matter, decision
from portal.store import measurements, status
from portal.store.answering import IndicatorScore, Invitation, Link, Response
from portal.store.attachments import Attachment
from portal.store.audit import AuditEvent
from portal.store.check_ins import CheckInAnswer, CheckInAsk
from portal.store.municipalities import own
from portal.store.people import Citizen, Staff, Team
from portal.store.questionnaires import Questionnaire as QuestionnaireRow
from portal.store.thread import EventKind, ThreadEntry, UnplacedMessage
from tests import factories
from tests.conftest import NOW, add_municipality
from tests.demo import build_demo, demo_portal

TODAY = local_day(NOW, status.ZONE)


@pytest.fixture(scope="module")
def portal(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    made = demo_portal(f"sqlite:///{shutil.copy(demo_file, tmp_path_factory.mktemp('demo'))}")
    yield made
    made.database.dispose()


@pytest.fixture(scope="module")
def municipality(portal: Portal) -> int:
    with portal.database.read(EVERYONE) as session:
        return session.scalars(select(Municipality)).one().id


@pytest.fixture(scope="module")
def statuses(portal: Portal, municipality: int) -> list[status.CitizenStatus]:
    with portal.database.read(municipality) as session:
        row = session.scalars(
            select(QuestionnaireRow).where(QuestionnaireRow.key == "progression_citizen")
        ).one()
        return status.citizen_statuses(session, row)


def rows_of(portal: Portal) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, decrypted: ciphertexts and a file's own key differ each time, as they should."""
    with portal.database.read(EVERYONE) as session:
        return {
            mapper.class_.__name__: sorted(
                (tuple(row) for row in session.execute(select(*_readable(mapper)))), key=repr
            )
            for mapper in Base.registry.mappers
        }


def _readable(mapper: Mapper[Any]) -> list[Any]:
    sealed = {"content_key", "content", "preview"} if mapper.class_ is Attachment else set[str]()
    return [column for column in mapper.columns if column.key not in sealed]


def test_two_builds_on_one_day_are_alike_on_either_database(
    portal: Portal, postgres_url: str, tmp_path: Path
) -> None:
    again = build_demo(f"sqlite:///{tmp_path}/again.db")
    on_postgres = build_demo(postgres_url)
    try:
        assert rows_of(again) == rows_of(portal)
        assert rows_of(on_postgres) == rows_of(portal)
    finally:
        again.database.dispose()
        on_postgres.database.dispose()


def test_a_demo_can_be_built_again_over_itself(database_url: str, demo_file: Path) -> None:
    if database_url.startswith("sqlite:"):
        shutil.copy(demo_file, database_url.removeprefix("sqlite:///"))
        portal = demo_portal(database_url)
    else:
        portal = build_demo(database_url)
    build(portal, NOW)
    with portal.database.read(EVERYONE) as session:
        assert session.scalar(select(func.count()).select_from(Citizen)) == 200
        assert session.scalar(select(func.count()).select_from(SimulatedPhone)) == 201
    portal.database.dispose()


def test_a_database_with_another_municipality_is_refused_and_left_as_it_is(database: Database) -> None:
    demo = add_municipality(database)
    with database.write(demo) as session:
        session.scalars(select(Municipality)).one().is_demo = True
        staff = factories.add_staff(session, NOW, team=factories.add_team(session))
        factories.add_citizen(session, NOW, staff)
    add_municipality(database, slug="rigtig", reply_number="+4510800800")
    portal = demo_portal(database.engine.url.render_as_string(hide_password=False))
    with pytest.raises(NotADemoError, match="rigtig"):
        build(portal, NOW)
    with database.read(demo) as session:
        assert session.scalar(select(func.count()).select_from(Citizen)) == 1
    portal.database.dispose()


def test_the_people_are_those_the_demo_is_for(portal: Portal, municipality: int) -> None:
    with portal.database.read(municipality) as session:
        assert [
            (team.name, team.is_supplier) for team in session.scalars(select(Team).order_by(Team.id))
        ] == [
            ("Team Åen", False),
            ("Team Bakken", False),
            ("Værkstedet", True),
        ]
        staff = session.scalars(select(Staff)).all()
        assert Counter(person.role for person in staff) == {
            "caseworker": 5,
            "manager": 1,
            "translator": 1,
            "approver": 1,
            "administrator": 1,
        }
        languages = Counter(session.scalars(select(Citizen.language)))
        assert set(languages) == {"da", "en", "ar", "uk", "pl", "tr", "so", "ti", "fa", "ro"}
        assert languages.most_common(1)[0][0] == "da"


def test_no_phone_of_the_demo_can_ring(portal: Portal, municipality: int) -> None:
    with portal.database.read(municipality) as session:
        phones = session.scalars(select(Citizen.phone)).all()
        owner = session.scalars(select(Municipality)).one()
    numbers = [*phones, owner.reply_number, owner.office_phone]
    assert len(set(phones)) == 199, "two share a phone"
    assert all(re.fullmatch(r"\+4510\d{6}", number or "") for number in numbers)


@pytest.mark.parametrize("team", ["Team Åen", "Team Bakken", "Værkstedet"])
def test_every_team_has_every_colour_and_every_reason(
    portal: Portal, municipality: int, statuses: list[status.CitizenStatus], team: str
) -> None:
    with portal.database.read(municipality) as session:
        team_id = session.scalars(select(Team.id).where(Team.name == team)).one()
    facts = [each.facts for each in statuses if each.team_id == team_id]
    active = [each for each in facts if each.standing is Standing.ACTIVE]
    assert {colour(each, TODAY) for each in active} == set(Colour)
    assert {why_not_white(each, TODAY) for each in active} == {None, *NotWhite}
    assert {each.standing for each in facts} == set(Standing)


def test_every_verdict_and_most_reasons_against_comparing_occur(portal: Portal, municipality: int) -> None:
    changes: set[Change] = set()
    reasons: set[NotComparable | None] = set()
    with portal.database.read(municipality) as session:
        for citizen_id in session.scalars(select(Citizen.id)):
            rows = [
                row
                for row in measurements.of_citizen(session, citizen_id)
                if row.questionnaire_key == "progression_citizen"
            ]
            scores = measurements.scores(session, [row.id for row in rows])
            versions = measurements.versions(session, {each.version_id for each in scores})
            by_indicator: dict[tuple[object, str], list[object]] = {}
            for entry in entries(scores, versions):
                by_indicator.setdefault((entry.respondent, entry.indicator), []).append(entry.score)
            for each in by_indicator.values():
                verdicts = series(each)  # type: ignore[arg-type]
                changes |= {verdict.change for verdict in verdicts}
                reasons |= {verdict.reason for verdict in verdicts}
    assert changes == set(Change)
    assert reasons >= {NotComparable.LANGUAGE, NotComparable.HELP}


def test_messages_stand_in_every_status_and_reminders_are_among_them(
    portal: Portal, municipality: int
) -> None:
    with portal.database.read(municipality) as session:
        every = session.scalars(select(OutboxMessage)).all()
    assert {message.status for message in every} == set(Status)
    assert {message.kind for message in every} == {
        "invitation",
        "reminder",
        "new_message",
        "sms",
        "confirmation",
        "out_of_hours",
        "unknown_sender",
        "check_in",
        "check_in_repeat",
        "check_in_thanks",
    }
    assert {message.reason for message in every if message.status is Status.WITHHELD} == {
        "answered",
        "opted_out",
        "number_frozen",
    }


def test_nothing_has_happened_in_the_future_and_nothing_is_due_at_once(
    portal: Portal, municipality: int
) -> None:
    with portal.database.read(municipality) as session:
        for column in (
            Invitation.created_at,
            Response.finished_at,
            ThreadEntry.created_at,
            AuditEvent.at,
            OutboxMessage.finished_at,
            Citizen.created_at,
        ):
            latest = session.scalar(select(func.max(column)))
            assert latest is not None
            assert latest < NOW, str(column)
        due = session.scalar(select(func.min(OutboxMessage.due_at)))
        assert due is not None
        assert due > NOW


def test_each_link_on_a_phone_is_known_and_an_sms_in_our_alphabet_is_one_part(portal: Portal) -> None:
    with portal.database.read(EVERYONE) as session:
        texts = session.scalars(select(SimulatedMessage.text).where(~SimulatedMessage.is_reply)).all()
        links = session.scalar(select(func.count()).select_from(Link))
    tokens = [match[1] for text in texts if (match := re.search(r"http://127.0.0.1:8000/(\S{22})$", text))]
    assert len(tokens) == len(set(tokens)) == links
    own_alphabet = [text for text in texts if "http" in text and text.startswith(("Hej ", "Hi ", "Salaan "))]
    assert own_alphabet
    assert {measure(text).parts for text in own_alphabet} == {1}


def test_people_wait_for_an_answer_and_some_want_no_sms(portal: Portal, municipality: int) -> None:
    with portal.database.read(municipality) as session:
        waiting = session.scalars(
            select(ThreadEntry)
            .where(ThreadEntry.author == "citizen", ThreadEntry.kind == "message")
            .where(ThreadEntry.read_at.is_(None))
        ).all()
        assert {session.get_one(Citizen, each.citizen_id).caseworker_id for each in waiting} == {
            1,
            2,
            3,
            4,
            5,
        }
        assert session.scalar(select(func.count()).where(Citizen.opted_out_at.is_not(None))) == 3
        assert session.scalar(select(func.count()).where(Citizen.frozen_at.is_not(None))) == 3
        kinds = set(session.scalars(select(ThreadEntry.kind)))
        unplaced = set(session.scalars(select(UnplacedMessage.why)))
    assert kinds <= {"message", *EventKind}
    assert kinds >= {
        "message",
        EventKind.INVITATION,
        EventKind.ANSWERED,
        EventKind.OPTED_OUT,
        EventKind.NOT_ME,
        EventKind.NUMBER_DEAD,
        EventKind.NUMBER_CHANGED,
        EventKind.OWN_NUMBER,
        EventKind.CRISIS_ANSWER,
    }
    assert unplaced == {"unknown_sender", "number_frozen", "shared_number"}
    with portal.database.read(EVERYONE) as session:
        assert set(session.scalars(select(SimulatedPhone.state))) == set(PhoneState)


def test_every_answer_is_one_that_the_form_takes_and_the_scores_are_those_of_the_answers(
    portal: Portal, municipality: int
) -> None:
    with portal.database.read(municipality) as session:
        stored = {
            (row.response_id, row.indicator): (row.value, row.wording)
            for row in session.scalars(select(IndicatorScore))
        }
        for response in session.scalars(select(Response).where(Response.finished_at.is_not(None))):
            form = forms.load(session, response.ref, response.respondent)  # type: ignore[arg-type]
            assert form is not None
            refused = _refused(form.questionnaire, form.answers)
            assert not refused, (form.questionnaire.key, refused)
            for scored in score(form.questionnaire, form.answers, form.answered_in):
                assert stored[response.id, scored.indicator] == (scored.value, scored.wording)


def _refused(form: Questionnaire, answers: Answers) -> list[object]:
    found: list[object] = []
    route = Route(form, answers)
    for page, met in route.steps:
        questions = [each for each in met if each.takes_answer]
        raw = {each.name: _posted(each, answers) for each in questions}
        checked = check_page(route, page, raw, TODAY)
        found += [] if isinstance(checked, PageAccepted) else [checked]
    return found


def _posted(question: Question, answers: Answers) -> list[str]:
    answer = answers[question.name]
    if answer.missing:
        return [answer.missing]
    return answer.value.split() if question.choices else [answer.value]


def test_every_trace_in_the_audit_log_has_its_words(portal: Portal, municipality: int) -> None:
    with portal.database.read(municipality) as session:
        actions = set(session.scalars(select(AuditEvent.action)))
    known = {key.removeprefix("audit.") for key in portal.catalogs.keys("audit")}
    assert {"session.began", "citizen.read", "questionnaire.send"} <= actions <= known


def test_the_printed_password_and_pin_fit(portal: Portal, municipality: int) -> None:
    assert judge_pin(content.PIN) is PinVerdict.GOOD
    with portal.database.read(municipality) as session:
        assert password_fits(session.scalars(select(Staff.password_hash)).first(), content.PASSWORD)
        mette = next(each for each in session.scalars(select(Citizen)) if each.first_name == "Mette")
        assert password_fits(mette.pin_hash, content.PIN)


def test_check_ins_were_answered_in_several_languages_and_one_is_still_open(
    portal: Portal, municipality: int
) -> None:
    with portal.database.read(municipality) as session:
        answers = session.scalars(select(CheckInAnswer)).all()
        states = {asking.state for asking in session.scalars(select(CheckInAsk))}
        replies = select(ThreadEntry.body).where(ThreadEntry.kind == EventKind.CHECK_IN_ANSWER)
        said = session.scalars(replies).all()
    assert len({answer.language for answer in answers}) > 2
    assert {"yes", "no", "4"} <= {answer.value for answer in answers}
    assert states == {AskState.ANSWERED, AskState.OPEN, AskState.CLOSED}
    assert len(said) == len(answers) and "Ja tak" in said


def test_who_tries_the_demo_can_ask_the_first_citizen_at_once(portal: Portal, municipality: int) -> None:
    """The way that the README tells to go: no weekly cap stands in it."""
    with portal.database.read(municipality) as session:
        mette = next(each for each in session.scalars(select(Citizen)) if each.first_name == "Mette")
        assert decision(session, mette, own(session), Matter(Purpose.ASKED), NOW) == Send()
