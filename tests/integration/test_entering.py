"""Staff type in what the citizen answers: after their own half, over nothing of hers, and marked as what it is."""

from datetime import datetime

import pytest

from database.engine import Database
from database.tenancy import TenantSession
from portal.domain.help import Helper, Mode
from portal.services import answering, entering
from portal.services.answering import Start
from portal.services.entering import Closed, Entered, Entry, How, Typed
from portal.services.forms import OpenForm
from portal.services.own_half import fill_half
from portal.services.whole_form import Filled
from portal.store import papers, questionnaires, responses
from portal.store.people import Citizen, Staff
from tests.factories import add_citizen, add_staff, add_team
from tests.integration.test_own_half import WHOLE as OWN_HALF
from tests.measurements import ship_forms

PHONE = How(Mode.PHONE, "da")


@pytest.fixture
def people(database: Database, municipality: int, now: datetime) -> tuple[Staff, Citizen]:
    with database.write(municipality) as session:
        ship_forms(session, now)
        staff = add_staff(session, now, team=add_team(session))
        return staff, add_citizen(session, now, staff)


@pytest.fixture
def begun(database: Database, people: tuple[Staff, Citizen], now: datetime) -> int:
    """The measurement, with the caseworker's half in."""
    staff, citizen = people
    with database.write(staff.municipality_id) as session:
        measurement_id = entering.begin(session, citizen, form_in(session), now)
        assert measurement_id is not None
        fill_half(session, citizen.id, staff.id, Filled(OWN_HALF, finish=True), now)
        return measurement_id


def form_in(session: TenantSession) -> int:
    form = questionnaires.by_key(session, "progression_citizen")
    assert form is not None
    return form.id


def answer_herself(session: TenantSession, citizen_id: int, measurement_id: int, now: datetime) -> OpenForm:
    """Her first question, by herself."""
    hers = answering.start(session, Start(measurement_id, form_in(session), citizen_id, "da"), now)
    question = hers.questionnaire.pages[0].questions[0]
    answering.submit_page(session, hers.ref, 1, {question.name: ["_dont_know"]}, now)
    return hers


def type_in(
    database: Database,
    people: tuple[Staff, Citizen],
    measurement_id: int,
    now: datetime,
    *,
    how: How = PHONE,
    helper: Helper | None = Helper.CASEWORKER,
    finish: bool = True,
    leave_out: str = "",
) -> Entry | Entered | Closed | None:
    staff, citizen = people
    with database.write(staff.municipality_id) as session:
        entry = entering.open_entry(session, citizen.id, measurement_id, how)
        questions = entry.questionnaire.questions.values() if isinstance(entry, Entry) else ()
        raw = {each.name: ["_dont_know"] for each in questions if each.name != leave_out}
        typed = Typed(Filled(raw, finish), helper)
        return entering.type_in(session, citizen.id, measurement_id, how, typed, staff_id=staff.id, now=now)


def test_the_caseworkers_own_half_goes_first(
    database: Database, people: tuple[Staff, Citizen], now: datetime
) -> None:
    staff, citizen = people
    with database.write(staff.municipality_id) as session:
        measurement_id = entering.begin(session, citizen, form_in(session), now)
        assert measurement_id is not None
    assert type_in(database, people, measurement_id, now) is Closed.OWN_HALF_FIRST


def test_what_is_typed_in_is_sent_in_with_its_way_and_its_helper(
    database: Database, people: tuple[Staff, Citizen], begun: int, now: datetime
) -> None:
    assert type_in(database, people, begun, now) == Entered(begun)
    with database.read(people[0].municipality_id) as session:
        given = responses.how_given(session, begun)
    assert given is not None
    assert (given.mode, given.help, given.helper) == ("phone", "with_help", "caseworker")
    assert given.entered_by == people[0].name
    assert type_in(database, people, begun, now) is Closed.FINISHED


def test_a_question_left_out_is_told_and_the_others_are_kept(
    database: Database, people: tuple[Staff, Citizen], begun: int, now: datetime
) -> None:
    result = type_in(database, people, begun, now, leave_out="network")
    assert isinstance(result, Entry) and set(result.errors) == {"network"}
    assert "purpose" in result.answers


def test_answers_she_has_begun_by_herself_stay_hers(
    database: Database, people: tuple[Staff, Citizen], begun: int, now: datetime
) -> None:
    staff, citizen = people
    with database.write(staff.municipality_id) as session:
        answer_herself(session, citizen.id, begun, now)
    assert type_in(database, people, begun, now) is Closed.SHE_HAS_BEGUN


def test_what_she_begins_while_staffs_post_is_on_its_way_stays_hers(
    database: Database,
    people: tuple[Staff, Citizen],
    begun: int,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = answering.start

    def start_a_moment_after_her(session: TenantSession, wanted: Start, now: datetime) -> OpenForm:
        monkeypatch.setattr(answering, "start", start)
        answer_herself(session, wanted.citizen_id, begun, now)
        return start(session, wanted, now)

    monkeypatch.setattr(answering, "start", start_a_moment_after_her)
    assert type_in(database, people, begun, now) is Closed.SHE_HAS_BEGUN
    with database.read(people[0].municipality_id) as session:
        given = responses.how_given(session, begun)
    assert given is not None and given.entered_by is None


@pytest.mark.parametrize(
    ("mode", "language"), [("web", "da"), ("", "da"), ("phone", "xx"), ("phone", "d" * 100)]
)
def test_a_way_that_is_not_staffs_and_a_language_that_is_not_ours_begin_nothing(
    mode: str, language: str
) -> None:
    assert entering.how_of(mode, language, None) is None
    assert entering.how_of("phone", "so", None) == How(Mode.PHONE, "so")


def test_no_paper_is_printed_in_a_language_that_is_not_ours(
    database: Database, people: tuple[Staff, Citizen], begun: int, now: datetime
) -> None:
    staff, citizen = people
    with database.write(staff.municipality_id) as session:
        for language in ("", "d" * 100):
            printed = entering.print_form(
                session, citizen, form_in(session), language, staff_id=staff.id, now=now
            )
            assert printed is None


def test_a_paper_is_found_by_its_code_and_typed_in_as_it_was_printed(
    database: Database, people: tuple[Staff, Citizen], begun: int, now: datetime
) -> None:
    staff, citizen = people
    with database.write(staff.municipality_id) as session:
        paper = entering.print_form(session, citizen, form_in(session), "en", staff_id=staff.id, now=now)
        assert paper is not None and paper.measurement_id == begun
        assert papers.by_code(session, paper.code) is paper
        how = entering.how_of("", "", paper)
    assert how == How(Mode.PAPER, "en", paper.version_id)
    assert type_in(database, people, begun, now, how=how, helper=None) == Entered(begun)
    with database.read(staff.municipality_id) as session:
        given = responses.how_given(session, begun)
    assert given is not None and (given.mode, given.help, given.helper) == ("paper", "alone", None)


def test_her_own_word_on_who_helped_stands_until_staff_type_in(
    database: Database, people: tuple[Staff, Citizen], begun: int, now: datetime
) -> None:
    staff, citizen = people
    with database.write(staff.municipality_id) as session:
        hers = answering.start(session, Start(begun, form_in(session), citizen.id, "da"), now)
        entering.note_helper(session, hers, Helper.MENTOR)
        given = responses.how_given(session, begun)
    assert given is not None and (given.help, given.helper) == ("with_help", "mentor")
