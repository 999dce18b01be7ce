"""What a translator takes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.texts import Standing
from portal.domain.work_list import Neighbours, Weighed, by_readers, met, neighbours, order

WEIGHED = st.builds(Weighed, st.sampled_from(Standing), st.integers(0, 100), st.integers(0, 5000))


@given(st.lists(WEIGHED, max_size=30))
def test_stale_texts_come_first_and_approved_ones_last(texts: list[Weighed]) -> None:
    standings = [text.standing for text in sorted(texts, key=order)]
    ranks = [0 if s is Standing.STALE else 2 if s is Standing.NATIVE_APPROVED else 1 for s in standings]
    assert ranks == sorted(ranks)


@given(st.lists(WEIGHED, max_size=30))
def test_among_what_is_unfinished_the_most_met_comes_first(texts: list[Weighed]) -> None:
    unfinished = [
        text
        for text in sorted(texts, key=order)
        if text.standing not in (Standing.STALE, Standing.NATIVE_APPROVED)
    ]
    assert [text.met for text in unfinished] == sorted((text.met for text in unfinished), reverse=True)


def test_of_two_that_are_met_as_much_the_one_that_is_missing_comes_first() -> None:
    missing, draft = Weighed(Standing.MISSING, 50, 9), Weighed(Standing.MACHINE_DRAFT, 50, 1)
    assert sorted([draft, missing], key=order) == [missing, draft]


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("sms.invitation", "citizen.welcome.begin"),
        ("citizen.welcome.begin", "form.progression_citizen.health.label"),
        ("form.progression_citizen.health.label", "own_data.section.thread"),
        ("form.progression_citizen.health.label", "form.progression_citizen.health.constraint"),
        ("citizen.welcome.begin", "citizen.rescue.used.title"),
        ("law.privacy.basis", "staff.menu.texts"),
    ],
)
def test_the_first_pages_are_met_more_than_the_corners(more: str, less: str) -> None:
    assert met(more) > met(less, by_citizens=not less.startswith("staff."))


def test_an_area_that_nobody_has_weighed_is_met_now_and_then() -> None:
    assert 0 < met("brand_new.text") < met("sms.invitation")


def test_the_language_that_most_citizens_read_comes_first() -> None:
    assert by_readers(["en", "pl", "ar", "so"], {"pl": 5, "ar": 90}) == ("ar", "pl", "en", "so")


def test_the_text_before_and_after_is_the_one_in_the_list() -> None:
    keys = ["a", "b", "c"]
    assert neighbours(keys, "b") == Neighbours("a", "c")
    assert neighbours(keys, "a") == Neighbours("", "b")
    assert neighbours(keys, "c") == Neighbours("b", "")


def test_a_text_that_has_left_the_list_is_followed_by_its_first() -> None:
    assert neighbours(["a", "b"], "gone") == Neighbours("", "a")
    assert neighbours([], "gone") == Neighbours("", "")
