"""Numbers in a text that a phone can ring."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from i18n.locales import LOCALES
from i18n.texts import shipped_catalogs
from portal.web.calls import with_calls

TEXTS = shipped_catalogs()


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_both_numbers_of_the_answer_to_words_of_crisis_can_be_called_in_every_language(locale: str) -> None:
    shown = with_calls(TEXTS.texts(locale)("thread.event.citizen.crisis_answer"))
    assert 'href="tel:112"' in shown and 'href="tel:+4570201201"' in shown


def test_what_is_no_markup_is_escaped() -> None:
    assert with_calls("<b>112</b>") == '&lt;b&gt;<a href="tel:112" dir="ltr">112</a>&lt;/b&gt;'


def test_markup_is_kept() -> None:
    assert with_calls(Markup("<b>x</b>")) == "<b>x</b>"


@pytest.mark.parametrize("text", ["1120", "+45 70 201 201", "21126", "70201201"])
def test_digits_that_are_no_such_number_are_left_alone(text: str) -> None:
    assert "href" not in with_calls(text.replace("+45 ", "+45"))
