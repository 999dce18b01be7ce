import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.catalogs import Entry
from i18n.form_checks import flaws
from i18n.locales import ACCENTS, LOCALES, PSEUDO_LOCALES
from i18n.pseudo import lengthened, marked, mirrored, with_pseudo
from i18n.texts import Catalogs, shipped_catalogs

PLAIN = re.compile("[A-Za-zÆØÅæøå]")
DANISH = st.text(st.sampled_from("abehnorstæøåÅGS  .,?!"), max_size=80)
CATALOGS = with_pseudo(
    Catalogs(
        {
            "da": {
                "a.hello": Entry("a.hello", ("Hej <strong>{name}</strong>",)),
                "a.days": Entry("a.days", ("{n} dag", "{n} dage"), plural=True),
                "glossary.mentor.forms": Entry("glossary.mentor.forms", ("mentor, mentoren",)),
                "glossary.mentor.word": Entry("glossary.mentor.word", ("Mentor",)),
                "glossary.mentor.text": Entry("glossary.mentor.text", ("En, der hjælper",)),
            }
        }
    )
)


def letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


@given(DANISH)
def test_no_letter_is_left_without_a_mark(text: str) -> None:
    assert not PLAIN.search(lengthened(text))
    assert not PLAIN.search(mirrored(text))


@given(DANISH)
def test_a_text_is_forty_percent_longer(text: str) -> None:
    assert letters(lengthened(text)) >= 1.4 * letters(text)
    assert letters(lengthened(text)) <= 1.4 * letters(text) + 1


def test_each_letter_has_a_mark_of_its_own() -> None:
    assert len(set(ACCENTS.values())) == len(ACCENTS)


def test_a_text_stands_in_brackets() -> None:
    assert lengthened("Gem") == "[Ǵééɱĺ]"


def test_each_word_of_the_mirrored_one_is_turned_around() -> None:
    assert mirrored("Ja nu") == "[\u202eĴáá\u202c \u202eńúú\u202c]"


@pytest.mark.parametrize("make", [lengthened, mirrored])
def test_placeholders_and_tags_stay(make: object) -> None:
    source = "Hej <strong>{name}</strong>, du har {n} svar<br>i dag"
    assert callable(make)
    assert flaws((source,), (make(source),), plural=False, locale=LOCALES["da"]) == ()


def test_every_shipped_text_has_one_that_fits_it() -> None:
    catalogs = with_pseudo(shipped_catalogs())
    for code, locale in PSEUDO_LOCALES.items():
        for key, entry in catalogs.entries["da"].items():
            made = catalogs.pseudo[code][key]
            assert flaws(entry.forms, made.forms, plural=entry.plural, locale=locale) == (), key


def test_texts_of_it_are_looked_up_like_any_language() -> None:
    t = CATALOGS.texts("da-XA")
    assert t("a.hello", name="Lone") == "[Ĥééĵ <strong>Lone</strong>ĺ]"
    assert (t("a.days", n=1), t("a.days", n=2)) == ("[1 đááǵĺ]", "[2 đááǵéé]")
    assert t.lang("a.hello") == "da-XA"
    assert t.is_approved("a.hello")


def test_its_dates_and_lists_carry_marks_too() -> None:
    t = CATALOGS.texts("da-XA")
    assert t.date(dt.date(2026, 3, 5)) == "5. ɱáŕťś 2026"
    assert t.day_name(0) == "ɱáńđáǵ"
    assert t.listed(["1", "2"]) == "1 óǵ 2"


def test_words_are_explained_in_it_as_they_stand_in_its_sentences() -> None:
    assert CATALOGS.glossary("da-XA").names_in(lengthened("Her er din mentor igen")) == ("mentor",)


def test_marking_alone_keeps_the_length() -> None:
    assert marked("Gem, tak") == "Ǵéɱ, ťáķ"


def test_without_it_nobody_speaks_it() -> None:
    assert Catalogs(CATALOGS.entries).pseudo == {}
    assert set(PSEUDO_LOCALES).isdisjoint(LOCALES)
