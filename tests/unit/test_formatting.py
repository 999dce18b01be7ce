import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import formatting
from i18n.locales import LOCALES, Locale

DA, EN, AR, FA, TR = (LOCALES[code] for code in ("da", "en", "ar", "fa", "tr"))


def test_placeholders_are_the_plain_names_in_braces() -> None:
    assert formatting.placeholders("Hej {name}, {n} dage, {Name}, {a.b}, {}") == {"name", "n"}


@given(st.text(), st.text())
def test_a_filled_text_holds_the_value_untouched(before: str, value: str) -> None:
    text = before.replace("{", "") + "{v}"
    assert formatting.fill(text, {"v": value}) == before.replace("{", "") + value


@given(st.text())
def test_no_text_becomes_markup_but_the_bare_tags(text: str) -> None:
    html = str(formatting.fill_markup(text.replace("{", ""), {}))
    for tag in formatting.ALLOWED_TAGS:
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in html


def test_a_name_that_runs_the_same_way_is_left_alone() -> None:
    assert formatting.isolate("Lone", DA) == "Lone"
    assert formatting.isolate("12:30", AR) == "12:30"


def test_a_name_that_runs_the_other_way_is_kept_apart() -> None:
    assert formatting.isolate("Lone", AR) == "\u2068Lone\u2069"


@pytest.mark.parametrize("number", ["+4588112233", "88 11 22 33", "(+45) 88-11", "2026/7"])
def test_a_number_in_groups_is_kept_apart_where_the_sentence_would_turn_it_around(number: str) -> None:
    assert formatting.isolate(number, AR) == f"\u2068{number}\u2069"
    assert formatting.isolate(number, DA) == number


def test_direction_controls_cannot_leak_out_of_a_name() -> None:
    assert formatting.isolate("Lo\u202ene\u2069", DA) == "Lone"


def test_the_day_is_the_one_in_denmark() -> None:
    late = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    assert formatting.format_date(DA, late) == "2. juli 2026"
    assert formatting.format_time(DA, late) == "00.30"
    assert formatting.format_date(DA, dt.date(2026, 7, 1)) == "1. juli 2026"


def test_english_puts_the_day_first_and_the_clock_has_24_hours() -> None:
    noon = dt.datetime(2026, 1, 2, 13, 5, tzinfo=dt.UTC)
    assert formatting.format_date(EN, noon) == "2 January 2026"
    assert formatting.format_time(EN, noon) == "14:05"


@pytest.mark.parametrize("code", LOCALES)
def test_the_clock_has_24_hours_in_every_language(code: str) -> None:
    noon = dt.datetime(2026, 1, 2, 13, 5, tzinfo=dt.UTC)
    assert formatting.format_time(LOCALES[code], noon) in {"14:05", "14.05", "۱۴:۰۵"}


def test_persian_has_its_own_digits_and_arabic_those_on_the_clock_in_denmark() -> None:
    day = dt.date(2026, 11, 26)
    assert formatting.format_date(FA, day) == "۲۶ نوامبر ۲۰۲۶"
    assert formatting.format_number(FA, 1964.5) == "۱٬۹۶۴٫۵"
    assert formatting.format_percent(FA, 0.28) == "۲۸٪"
    assert formatting.format_date(AR, day) == "26 نوفمبر 2026"
    assert formatting.format_number(AR, 12) == "12"


def test_a_year_that_was_answered_is_not_written_as_a_count() -> None:
    assert formatting.format_answer(DA, Decimal(2017)) == "2017"
    assert formatting.format_answer(DA, Decimal("2.5")) == "2,5"
    assert formatting.format_answer(FA, Decimal(2017)) == "۲۰۱۷"


@pytest.mark.parametrize(("locale", "shown"), [(DA, "JA, 4"), (AR, "JA، 4"), (FA, "JA، ۴")])
def test_a_series_has_the_languages_own_comma(locale: Locale, shown: str) -> None:
    assert formatting.format_series(locale, ["JA", "4"]) == shown


def test_a_time_without_a_zone_is_refused() -> None:
    naive = dt.datetime(2026, 1, 2, 13, 5)  # noqa: DTZ001
    for write in (formatting.format_time, formatting.format_date, formatting.format_datetime):
        with pytest.raises(ValueError, match="zone"):
            write(DA, naive)


def test_percent_has_the_languages_own_sign_and_decimals() -> None:
    assert formatting.format_percent(DA, 0.281) == "28\u00a0%"
    assert formatting.format_percent(DA, 0.281, 1) == "28,1\u00a0%"
    assert formatting.format_percent(TR, 0.281, 1) == "%28,1"
