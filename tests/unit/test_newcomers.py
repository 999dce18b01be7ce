import pytest

from portal.domain.newcomers import WrongName, tidy_name, wrong_name
from portal.services.newcomers import Problem, holds_cpr, judge_name


@pytest.mark.parametrize(
    "name", ["Mette", "Anne-Marie", "O'Brien", "Ole B. Holm", "Nguyễn", "فاطمة", "ሰላም", "Łukasz", "Bo’s"]
)
def test_names_of_every_script_are_names(name: str) -> None:
    assert wrong_name(name) is None


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("", WrongName.REQUIRED),
        ("x" * 61, WrongName.TOO_LONG),
        ("Mette 2", WrongName.SIGNS),
        ("mette.dk", WrongName.SIGNS),
        ("<b>", WrongName.SIGNS),
        ("=cmd()", WrongName.SIGNS),
        ("-", WrongName.SIGNS),
    ],
)
def test_what_could_be_a_number_or_a_link_is_no_name(name: str, wrong: WrongName) -> None:
    assert wrong_name(name) is wrong


def test_spaces_around_and_within_a_name_are_tidied() -> None:
    assert tidy_name("  Anne   Marie ") == "Anne Marie"


@pytest.mark.parametrize("typed", ["010190-1234", "0101901234", "01 01 90 1234"])
def test_digits_like_a_cpr_number_are_named_so(typed: str) -> None:
    assert holds_cpr(typed)
    assert judge_name(typed) is Problem.CPR


@pytest.mark.parametrize("typed", ["12 34 56 78", "+4512345678", "+201012345678", "004512345678"])
def test_a_phone_number_is_not_taken_for_one(typed: str) -> None:
    assert not holds_cpr(typed)
