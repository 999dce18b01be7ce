"""A text on its way from draft to approved, on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from database.engine import Database
from portal.domain.text_review import Refusal
from portal.domain.texts import Standing
from portal.runtime import Portal
from portal.services.publishing import newest_form
from portal.services.texts import review, trials
from portal.services.texts.bench import Origin, TextRow, open_bench
from portal.services.texts.history import Author, tell
from portal.services.texts.publishing import Published
from portal.services.texts.review import Outdated, Text
from portal.services.texts.trials import Trial, TrialRefusal
from portal.store.text_reviews import BackTranslation
from tests import factories
from tests.conftest import NOW
from tests.measurements import ship_forms
from tests.portals import portal_on
from tests.texts import go_live, publish, row_of, type_in

KEY = "common.yes"
LABEL = "form.progression_citizen.health_coping.label"


@pytest.fixture
def portal(database: Database) -> Portal:
    return portal_on(database)


@pytest.fixture
def staff(database: Database, municipality: int) -> tuple[Author, Author]:
    """Who writes, and who approves."""
    with database.write(municipality) as session:
        ship_forms(session, NOW)
        people = [factories.add_staff(session, NOW, role=role) for role in ("translator", "approver")]
        session.flush()
        writer, approver = (Author(municipality, person.id) for person in people)
    return writer, approver


def text_of(row: TextRow) -> Text:
    return Text(row.locale, row.key, row.version)


def approve(portal: Portal, author: Author, locale: str, key: str) -> object:
    return review.approve(portal, author, text_of(row_of(portal, author, locale, key)), NOW)


def read_back(portal: Portal, author: Author, key: str, *, agrees: bool = True) -> object:
    row = row_of(portal, author, "pl", key)
    return review.back_check(portal, author, text_of(row), "Det samme", NOW, agrees=agrees)


def test_a_text_of_a_page_is_approved_by_another_than_its_writer(
    portal: Portal, staff: tuple[Author, Author]
) -> None:
    writer, approver = staff
    go_live(portal, writer, "pl", KEY, "Tak, dobrze")
    assert approve(portal, writer, "pl", KEY) == {KEY: Refusal.OWN_WORDS}
    assert approve(portal, approver, "pl", KEY) == (KEY,)
    row = row_of(portal, writer, "pl", KEY)
    assert (row.standing, row.approved_by, row.approved_at) == (
        Standing.NATIVE_APPROVED,
        approver.staff_id,
        NOW,
    )
    held = portal.overlays
    reading = portal.catalogs.texts(
        "pl", held.of(writer.municipality_id), held.drafts(writer.municipality_id)
    )
    assert reading.is_approved(KEY)


def test_who_wrote_the_words_does_not_approve_them_when_another_gets_them_back(
    portal: Portal, staff: tuple[Author, Author]
) -> None:
    writer, approver = staff
    type_in(portal, approver, "pl", KEY, "Tak, dobrze")
    type_in(portal, writer, "pl", KEY, "Owszem")
    type_in(portal, writer, "pl", KEY, "Tak, dobrze")
    assert approve(portal, approver, "pl", KEY) == {KEY: Refusal.OWN_WORDS}


def test_what_ships_is_approved_as_it_stands(portal: Portal, staff: tuple[Author, Author]) -> None:
    shipped = row_of(portal, staff[1], "pl", KEY)
    assert shipped.standing is Standing.MACHINE_DRAFT
    assert approve(portal, staff[1], "pl", KEY) == (KEY,)
    row = row_of(portal, staff[1], "pl", KEY)
    assert (row.forms, row.standing, row.origin) == (shipped.forms, Standing.NATIVE_APPROVED, Origin.OWN)


def test_another_wording_has_to_be_approved_again(portal: Portal, staff: tuple[Author, Author]) -> None:
    writer, approver = staff
    approve(portal, approver, "pl", KEY)
    type_in(portal, writer, "pl", KEY, "Tak, dobrze")
    row = row_of(portal, writer, "pl", KEY)
    assert (row.standing, row.approved_by) == (Standing.DRAFT, None)


def test_a_question_is_read_back_before_it_is_approved(portal: Portal, staff: tuple[Author, Author]) -> None:
    writer, approver = staff
    type_in(portal, writer, "pl", LABEL, "Nowe pytanie?")
    assert approve(portal, approver, "pl", LABEL) == {LABEL: Refusal.NOT_READ_BACK}
    assert read_back(portal, writer, LABEL) is Refusal.OWN_WORDS
    assert isinstance(read_back(portal, approver, LABEL, agrees=False), BackTranslation)
    assert approve(portal, approver, "pl", LABEL) == {LABEL: Refusal.NOT_READ_BACK}
    assert isinstance(read_back(portal, approver, LABEL), BackTranslation)
    assert approve(portal, approver, "pl", LABEL) == (LABEL,)


def test_a_scale_is_approved_as_a_whole(portal: Portal, staff: tuple[Author, Author]) -> None:
    approver = staff[1]
    with portal.database.read(approver.municipality_id) as session:
        bench = open_bench(session, portal.catalogs, ("pl",))
    scale = bench.form_texts["form.progression_citizen.health_coping.choice.1"].scale
    labels = [row.key for row in bench.scale("pl", scale)]
    for key in labels[1:]:
        read_back(portal, approver, key)
    assert approve(portal, approver, "pl", labels[1]) == {labels[0]: Refusal.NOT_READ_BACK}
    read_back(portal, approver, labels[0])
    assert approve(portal, approver, "pl", labels[1]) == tuple(labels)


def test_nobody_approves_a_wording_that_she_has_not_seen(
    portal: Portal, staff: tuple[Author, Author]
) -> None:
    writer, approver = staff
    seen = text_of(row_of(portal, approver, "pl", KEY))
    type_in(portal, writer, "pl", KEY, "Tak, dobrze")
    assert isinstance(review.approve(portal, approver, seen, NOW), Outdated)
    assert isinstance(review.back_check(portal, approver, seen, "Ja", NOW, agrees=True), Outdated)


def test_a_question_about_a_text_is_answered_once(portal: Portal, staff: tuple[Author, Author]) -> None:
    writer, approver = staff
    assert review.ask(portal, writer, Text("pl", KEY, 0), "Til en eller flere?", NOW)
    assert not review.ask(portal, writer, Text("pl", "common.nothing", 0), "Hvad?", NOW)
    with portal.database.read(writer.municipality_id) as session:
        bench = open_bench(session, portal.catalogs, ("pl",))
        row = bench.row("pl", KEY)
        assert row is not None
        (comment,) = review.open_review(session, bench, row, writer.staff_id).comments
    for said in ("", "Til en.", "Til flere."):
        kept = review.answer(portal, approver, comment.id, said, NOW)
    assert kept is not None and kept.answer == "Til en."
    assert review.answer(portal, approver, comment.id + 1, "Til en.", NOW) is None


def test_a_new_danish_question_takes_its_stale_translations_out_of_the_form(
    portal: Portal, staff: tuple[Author, Author]
) -> None:
    writer = staff[0]
    before = row_of(portal, writer, "pl", LABEL)
    found = go_live(portal, writer, "da", LABEL, "Hvordan klarer du dagen?")
    assert isinstance(found, Published)
    assert found.versions == (("progression_citizen", 2),)
    after = row_of(portal, writer, "pl", LABEL)
    assert (after.standing, after.live, after.forms) == (Standing.STALE, (), before.live)
    assert after.made_from == before.source


def test_a_mended_danish_question_keeps_its_translations(
    portal: Portal, staff: tuple[Author, Author]
) -> None:
    writer = staff[0]
    before = row_of(portal, writer, "pl", LABEL)
    go_live(portal, writer, "da", LABEL, f"{before.source[0]} ", same_meaning=True)
    after = row_of(portal, writer, "pl", LABEL)
    assert (after.live, after.standing) == (before.live, before.standing)


def test_a_translated_question_goes_live_in_a_new_version(
    portal: Portal, staff: tuple[Author, Author]
) -> None:
    writer = staff[0]
    type_in(portal, writer, "pl", LABEL, "Nowe pytanie?")
    with portal.database.read(writer.municipality_id) as session:
        form = newest_form(session, "progression_citizen")
        assert form is not None and form.questions["health_coping"].labels["pl"] != "Nowe pytanie?"
    publish(portal, writer, ("pl", LABEL))
    with portal.database.read(writer.municipality_id) as session:
        form = newest_form(session, "progression_citizen")
        assert form is not None and form.questions["health_coping"].labels["pl"] == "Nowe pytanie?"
    assert row_of(portal, writer, "pl", LABEL).origin is Origin.OWN


def test_the_history_tells_what_changed_from_step_to_step(
    portal: Portal, staff: tuple[Author, Author]
) -> None:
    writer = staff[0]
    go_live(portal, writer, "pl", KEY, "Tak")
    go_live(portal, writer, "pl", KEY, "Tak, dobrze")
    with portal.database.read(writer.municipality_id) as session:
        steps = tell(session, "pl", KEY)
    assert "".join(run.text for run in steps[-1].changes[0]) == steps[-1].revision.forms[0]
    assert {step.who for step in steps} != {""}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"area": "nothing"}, TrialRefusal.AREA),
        ({"day": None}, TrialRefusal.DAY),
        ({"day": NOW.date() + timedelta(days=1)}, TrialRefusal.DAY),
        ({"citizens": 0}, TrialRefusal.CITIZENS),
        ({}, None),
    ],
)
def test_a_trial_with_citizens_has_an_area_a_day_and_a_number(
    portal: Portal, staff: tuple[Author, Author], changed: Mapping[str, object], why: TrialRefusal | None
) -> None:
    given = {"locale": "pl", "area": "sms", "day": NOW.date(), "citizens": 6, "note": "", **changed}
    assert trials.keep(portal, staff[0], Trial(**given), NOW) is why  # type: ignore[arg-type]
    with portal.database.read(staff[0].municipality_id) as session:
        assert (("pl", "sms") in trials.newest(session)) is (why is None)
