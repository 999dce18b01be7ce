from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.pins import (
    LETTER_CODE_ALPHABET,
    LETTER_CODE_LIFETIME,
    TRIES,
    CodeFacts,
    CodeVerdict,
    Outcome,
    PinVerdict,
    Tries,
    judge_code,
    judge_pin,
    looks_like_code,
    next_state,
    tidy_code,
    tidy_pin,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=3650)).map(lambda waited: NOW + waited)


def after(attempts: list[bool]) -> Tries:
    tries = Tries()
    for correct in attempts:
        tries = next_state(tries, correct, NOW).tries
    return tries


@pytest.mark.parametrize("pin", ["2580", "1984", "2402", "1212", "240284", "91827364"])
def test_a_pin_may_be_four_to_eight_digits_also_a_year_or_a_date(pin: str) -> None:
    assert judge_pin(pin) is PinVerdict.GOOD


@pytest.mark.parametrize(
    "pin", ["0000", "77777", "1234", "0123", "7890", "4321", "0987", "3210", "12345678", "01234567"]
)
def test_one_digit_over_and_over_and_runs_of_digits_are_too_easy(pin: str) -> None:
    assert judge_pin(pin) is PinVerdict.TOO_EASY


@pytest.mark.parametrize(
    ("pin", "verdict"),
    [
        ("", PinVerdict.TOO_SHORT),
        ("258", PinVerdict.TOO_SHORT),
        ("258025802", PinVerdict.TOO_LONG),
        ("25a0", PinVerdict.NOT_DIGITS),
        ("2580\n", PinVerdict.NOT_DIGITS),
        ("٢٥٨٠", PinVerdict.NOT_DIGITS),
    ],
)
def test_a_pin_that_cannot_be_used_says_why(pin: str, verdict: PinVerdict) -> None:
    assert judge_pin(pin) is verdict


@pytest.mark.parametrize("typed", ["2580", " 25 80 ", "٢٥٨٠", "۲۵۸۰"])
def test_a_pin_is_read_from_any_keyboard(typed: str) -> None:
    assert tidy_pin(typed) == "2580"


@given(st.text())
def test_tidying_a_pin_twice_changes_nothing_more(typed: str) -> None:
    assert tidy_pin(tidy_pin(typed)) == tidy_pin(typed)


@given(st.from_regex(r"[0-9]{4,8}", fullmatch=True))
def test_a_pin_read_backwards_is_just_as_easy(pin: str) -> None:
    assert judge_pin(pin) is judge_pin(pin[::-1])


def test_the_fifth_wrong_try_locks() -> None:
    assert after([False] * 4) == Tries(wrong=4)
    assert after([False] * 5) == Tries(wrong=5, locked_at=NOW)


def test_a_wrong_try_says_how_many_are_left() -> None:
    assert [after([False] * tries).left for tries in range(6)] == [5, 4, 3, 2, 1, 0]


def test_the_right_pin_lets_in_and_forgets_the_wrong_tries() -> None:
    attempt = next_state(Tries(wrong=4), correct=True, now=NOW)
    assert attempt.outcome is Outcome.LET_IN
    assert attempt.tries == Tries()


def test_the_try_that_locks_says_so() -> None:
    assert next_state(Tries(wrong=3), correct=False, now=NOW).outcome is Outcome.WRONG
    assert next_state(Tries(wrong=4), correct=False, now=NOW).outcome is Outcome.LOCKED


@given(st.lists(st.tuples(st.booleans(), MOMENTS)))
def test_no_try_and_no_waiting_opens_a_lock(attempts: list[tuple[bool, datetime]]) -> None:
    locked = after([False] * TRIES)
    tries = locked
    for correct, now in attempts:
        attempt = next_state(tries, correct, now)
        assert attempt.outcome is Outcome.LOCKED
        tries = attempt.tries
    assert tries == locked


@given(st.lists(st.booleans()))
def test_a_lock_comes_exactly_when_five_in_a_row_are_wrong(attempts: list[bool]) -> None:
    row = "".join("r" if correct else "w" for correct in attempts)
    assert (after(attempts).locked_at is not None) == ("w" * TRIES in row)


def test_a_letter_code_works_for_fourteen_days_and_once() -> None:
    code = CodeFacts(created_at=NOW)
    assert judge_code(code, NOW + LETTER_CODE_LIFETIME - timedelta(seconds=1)) is CodeVerdict.OPEN
    assert judge_code(code, NOW + timedelta(days=14)) is CodeVerdict.EXPIRED
    assert judge_code(CodeFacts(NOW, used_at=NOW), NOW) is CodeVerdict.USED
    assert judge_code(None, NOW) is CodeVerdict.UNKNOWN


def test_a_letter_code_has_no_signs_that_look_alike_and_spells_no_word() -> None:
    assert not set("0OQ1IL2Z5S6G8BUAEY") & set(LETTER_CODE_ALPHABET)
    assert len(set(LETTER_CODE_ALPHABET)) == len(LETTER_CODE_ALPHABET)


def test_a_letter_code_may_be_typed_small_and_in_groups() -> None:
    assert tidy_code(" cdfh-jk34 ") == "CDFHJK34"
    assert looks_like_code("CDFHJK34")


@pytest.mark.parametrize("code", ["", "CDFHJK3", "CDFHJK344", "CDFHJK30", "cdfhjk34"])
def test_what_no_letter_can_have_said_does_not_look_like_a_code(code: str) -> None:
    assert not looks_like_code(code)


@given(st.text(LETTER_CODE_ALPHABET, min_size=8, max_size=8))
def test_every_code_we_can_print_is_read_back(code: str) -> None:
    assert looks_like_code(tidy_code(f"{code[:4]}-{code[4:]}".lower()))
