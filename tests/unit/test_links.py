from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.links import (
    ALPHABET,
    LIFETIME,
    TOKEN_LENGTH,
    TOKENS,
    LinkFacts,
    LinkVerdict,
    Purpose,
    judge,
    looks_like_token,
    token_of,
)

MADE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LINK = LinkFacts(Purpose.ANSWER, created_at=MADE, expires_at=MADE + LIFETIME)
LATER = MADE + timedelta(days=1)


def verdict(link: LinkFacts | None, now: datetime = LATER) -> LinkVerdict:
    return judge(link, Purpose.ANSWER, now)


def test_a_link_lives_thirty_days() -> None:
    assert timedelta(days=30) == LIFETIME


def test_a_link_opens_again_and_again_until_its_form_is_finished() -> None:
    assert verdict(LINK) is LinkVerdict.OPEN
    assert verdict(LINK) is LinkVerdict.OPEN
    assert verdict(replace(LINK, finished_at=LATER)) is LinkVerdict.USED


def test_a_link_is_open_until_the_moment_it_expires() -> None:
    assert verdict(LINK, LINK.expires_at - timedelta(microseconds=1)) is LinkVerdict.OPEN
    assert verdict(LINK, LINK.expires_at) is LinkVerdict.EXPIRED


def test_a_link_that_nobody_made_is_unknown() -> None:
    assert verdict(None) is LinkVerdict.UNKNOWN


def test_a_finished_form_is_told_as_finished_even_when_its_link_is_too_old() -> None:
    assert verdict(replace(LINK, finished_at=LATER), LINK.expires_at + LIFETIME) is LinkVerdict.USED


def test_a_revoked_link_says_nothing_about_the_form_behind_it() -> None:
    assert verdict(replace(LINK, finished_at=LATER, revoked_at=LATER)) is LinkVerdict.REVOKED


def test_a_link_opens_nothing_but_what_it_was_made_for() -> None:
    assert judge(replace(LINK, purpose=None), Purpose.ANSWER, LATER) is LinkVerdict.UNKNOWN  # type: ignore[arg-type]


@given(st.timedeltas(timedelta(0), timedelta(days=90)), st.timedeltas(timedelta(0), timedelta(days=90)))
def test_a_link_that_has_closed_never_opens_again(after: timedelta, longer: timedelta) -> None:
    if verdict(LINK, MADE + after) is not LinkVerdict.OPEN:
        assert verdict(LINK, MADE + after + longer) is not LinkVerdict.OPEN


@given(st.text(ALPHABET, min_size=TOKEN_LENGTH, max_size=TOKEN_LENGTH))
def test_any_letters_and_digits_of_the_right_length_have_the_shape_of_a_token(text: str) -> None:
    assert looks_like_token(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a" * 21,
        "a" * 23,
        "a" * 21 + "\n",
        "a" * 22 + "\n",
        "a" * 21 + "=",
        "a" * 21 + "+",
        "a" * 21 + "-",
        "_" + "a" * 21,
        "æ" * 22,
    ],
)
def test_noise_does_not_have_the_shape_of_a_token(text: str) -> None:
    assert not looks_like_token(text)


@given(st.integers(0, TOKENS - 1), st.integers(0, TOKENS - 1))
def test_each_number_has_a_token_of_its_own(one: int, other: int) -> None:
    assert looks_like_token(token_of(one))
    assert (token_of(one) == token_of(other)) == (one == other)
