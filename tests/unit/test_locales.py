import gettext

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from i18n.locales import DEFAULT, LOCALES, negotiate

AVAILABLE = ("da", "en", "ar", "uk", "fa")


def test_the_ten_languages_of_the_launch_are_there() -> None:
    assert set(LOCALES) == {"da", "en", "ar", "uk", "pl", "tr", "so", "ti", "fa", "ro"}


def test_arabic_and_persian_run_from_right_to_left_and_the_others_do_not() -> None:
    assert {code for code, locale in LOCALES.items() if locale.rtl} == {"ar", "fa"}


@pytest.mark.parametrize("code", LOCALES)
def test_direction_is_the_one_cldr_knows(code: str) -> None:
    assert LOCALES[code].direction == LOCALES[code].babel.text_direction


@pytest.mark.parametrize("code", LOCALES)
@given(n=st.integers(min_value=0, max_value=2_000_000))
def test_the_header_for_translators_gives_the_index_that_we_use(code: str, n: int) -> None:
    locale = LOCALES[code]
    by_header = gettext.c2py(locale.plural_rule)
    assert by_header(n) == locale.plural_index(n)


@pytest.mark.parametrize("code", LOCALES)
def test_the_header_is_one_that_babel_can_read(code: str) -> None:
    catalog = Catalog(locale=code)
    catalog.mime_headers = [("Plural-Forms", LOCALES[code].plural_forms_header)]
    assert catalog.num_plurals == len(LOCALES[code].plural_categories)


def test_persian_and_turkish_have_two_forms_where_babels_gettext_table_says_one() -> None:
    assert LOCALES["fa"].plural_categories == ("one", "other")
    assert LOCALES["tr"].plural_categories == ("one", "other")


def test_arabic_has_all_six_forms() -> None:
    arabic = LOCALES["ar"]
    assert [arabic.plural_index(n) for n in (0, 1, 2, 3, 11, 100)] == [0, 1, 2, 3, 4, 5]


def test_a_category_only_fractions_reach_has_no_form_and_takes_the_last() -> None:
    assert LOCALES["pl"].plural_categories == ("one", "few", "many")
    assert LOCALES["pl"].plural_index(1.5) == 2


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ar-SY,ar;q=0.9,en;q=0.8", "ar"),
        ("en;q=0.5, uk;q=0.9", "uk"),
        ("FA-IR", "fa"),
        ("sv, en;q=0.1", "en"),
        ("en, ar", "en"),
        ("ar, en", "ar"),
        ("en;q=0, fa;q=0.1", "fa"),
    ],
)
def test_the_wish_with_the_most_weight_that_we_speak_wins(header: str, code: str) -> None:
    assert negotiate(header, AVAILABLE) == code


@pytest.mark.parametrize("header", [None, "", "sv", "*", "en;q=0", "en;q=2", "ar;;q=1", ";;,,"])
def test_danish_when_nothing_fits_or_can_be_read(header: str | None) -> None:
    assert negotiate(header, AVAILABLE) == DEFAULT


@given(st.text(max_size=60))
def test_no_header_can_bring_a_language_we_do_not_have(header: str) -> None:
    assert negotiate(header, AVAILABLE) in AVAILABLE


def test_every_plural_form_has_numbers_that_show_when_it_is_used() -> None:
    for locale in LOCALES.values():
        assert len(locale.plural_examples) == len(locale.plural_categories)
        for index, numbers in enumerate(locale.plural_examples):
            assert 1 <= len(numbers) <= 3
            assert all(locale.plural_index(n) == index for n in numbers)


def test_an_example_is_a_number_that_one_would_think_of() -> None:
    assert LOCALES["uk"].plural_examples == ((1, 21, 31), (2, 3, 4), (5, 6, 7))
    assert LOCALES["ar"].plural_examples == ((0,), (1,), (2,), (3, 4, 5), (11, 12, 13), (100, 101, 102))
    assert LOCALES["ro"].plural_examples == ((1,), (2, 3, 4), (20, 21, 22))
