"""Who needs her caseworker today, and why."""

from datetime import timedelta

import pytest

from portal.domain.ageing import Colour, Standing
from portal.domain.progression import Change, Verdict
from portal.domain.worklist import Reason, WorkFacts, reasons, shows_a_move
from tests.conftest import NOW


def facts(**values: object) -> WorkFacts:
    return WorkFacts(**{"colour": Colour.WHITE, "heard_at": NOW, **values})  # type: ignore[arg-type]


def test_a_citizen_with_fresh_answers_and_no_question_needs_nobody_today() -> None:
    assert reasons(facts(), NOW) == ()


def test_whoever_waits_for_a_word_comes_before_old_answers() -> None:
    assert reasons(facts(awaits_answer=True, colour=Colour.RED), NOW) == (Reason.MESSAGE, Reason.RED)


@pytest.mark.parametrize("colour", [Colour.WHITE, Colour.YELLOW, Colour.GREY])
def test_only_red_is_a_reason_by_its_colour(colour: Colour) -> None:
    assert reasons(facts(colour=colour), NOW) == ()


@pytest.mark.parametrize(("days", "silent"), [(60, ()), (61, (Reason.SILENT,))])
def test_silence_counts_after_sixty_days(days: int, silent: tuple[Reason, ...]) -> None:
    assert reasons(facts(heard_at=NOW - timedelta(days=days)), NOW) == silent


@pytest.mark.parametrize(("days", "news"), [(30, (Reason.MOVED,)), (31, ())])
def test_a_move_is_news_for_thirty_days(days: int, news: tuple[Reason, ...]) -> None:
    assert reasons(facts(moved_at=NOW - timedelta(days=days)), NOW) == news


def test_a_missing_half_of_our_own_a_frozen_number_and_a_locked_pin_are_reasons() -> None:
    found = reasons(facts(own_half_missing=True, is_frozen=True, pin_is_locked=True), NOW)
    assert found == (Reason.FROZEN, Reason.PIN_LOCKED, Reason.OWN_HALF_MISSING)


def test_a_no_or_a_low_number_by_sms_is_a_reason_before_old_answers() -> None:
    found = reasons(facts(answered_low_at=NOW - timedelta(days=14), colour=Colour.RED), NOW)
    assert found == (Reason.LOW_ANSWER, Reason.RED)
    assert reasons(facts(answered_low_at=NOW - timedelta(days=15)), NOW) == ()


def test_words_of_crisis_come_before_all_else_whatever_her_standing() -> None:
    raised = facts(wrote_of_crisis=True, awaits_answer=True, is_frozen=True, standing=Standing.DROPPED_OUT)
    assert reasons(raised, NOW) == (Reason.CRISIS, Reason.MESSAGE, Reason.FROZEN)


def test_a_number_that_no_sms_can_reach_is_a_reason_while_we_want_to_reach_her() -> None:
    assert reasons(facts(number_is_dead=True), NOW) == (Reason.NUMBER_DEAD,)
    assert reasons(facts(number_is_dead=True, standing=Standing.DROPPED_OUT), NOW) == ()


@pytest.mark.parametrize("standing", [Standing.EXEMPT, Standing.DROPPED_OUT])
def test_of_whoever_stands_outside_only_what_she_waits_for_counts(standing: Standing) -> None:
    outside = facts(
        standing=standing,
        colour=Colour.RED,
        own_half_missing=True,
        moved_at=NOW,
        heard_at=NOW - timedelta(days=400),
        awaits_answer=True,
    )
    assert reasons(outside, NOW) == (Reason.MESSAGE,)


@pytest.mark.parametrize("change", list(Change))
def test_only_progression_and_regression_are_moves(change: Change) -> None:
    moved = change in (Change.PROGRESSION, Change.REGRESSION)
    assert shows_a_move([Verdict(Change.STAGNATION, None), Verdict(change, None)]) is moved


def test_an_age_that_is_our_own_missing_half_is_not_also_told_as_hers() -> None:
    assert reasons(facts(own_half_missing=True, colour=Colour.RED), NOW) == (Reason.OWN_HALF_MISSING,)


def test_a_ladder_that_ended_without_an_answer_is_a_reason_until_she_is_heard() -> None:
    ended = facts(heard_at=NOW - timedelta(days=20), ladder_ended_at=NOW - timedelta(days=1))
    assert reasons(ended, NOW) == (Reason.LADDER_ENDED,)
    heard = facts(heard_at=NOW - timedelta(hours=1), ladder_ended_at=NOW - timedelta(days=1))
    assert reasons(heard, NOW) == ()
