import datetime as dt
from pathlib import Path

import pytest
from markupsafe import Markup

from i18n.catalogs import Entry, Status
from i18n.texts import Catalogs, Texts, load_catalogs

DANISH = """
msgid "citizen.hello"
msgstr "Hej {name}"

msgid "citizen.bye"
msgstr "Farvel"

msgid "citizen.days"
msgid_plural "citizen.days"
msgstr[0] "{n} dag"
msgstr[1] "{n} dage"

msgid "citizen.strong"
msgstr "Skriv <strong>ikke</strong> til {name} & co <script>"
"""
ARABIC = """
msgid "citizen.hello"
msgstr "مرحبا {name}"

#, fuzzy
msgid "citizen.bye"
msgstr "قديم"

msgid "citizen.days"
msgid_plural "citizen.days"
msgstr[0] "0"
msgstr[1] "1"
msgstr[2] "2"
msgstr[3] "few {n}"
msgstr[4] "many {n}"
msgstr[5] "other {n}"
"""
POLISH = """
msgid "citizen.hello"
msgstr "Witaj {surname}"

msgid "citizen.days"
msgid_plural "citizen.days"
msgstr[0] "{n} dzień"
"""


@pytest.fixture(scope="module")
def catalogs(tmp_path_factory: pytest.TempPathFactory) -> Catalogs:
    folder = tmp_path_factory.mktemp("i18n")
    for code, text in (("da", DANISH), ("ar", ARABIC), ("pl", POLISH)):
        path = folder / code / "LC_MESSAGES" / "citizen.po"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return load_catalogs(folder)


@pytest.fixture
def da(catalogs: Catalogs) -> Texts:
    return catalogs.texts("da")


@pytest.fixture
def ar(catalogs: Catalogs) -> Texts:
    return catalogs.texts("ar")


def test_a_key_gives_the_text_of_the_language(ar: Texts) -> None:
    assert ar("citizen.hello", name="Lone") == "مرحبا Lone"
    assert ar.lang("citizen.hello") == "ar"


def test_danish_stands_in_for_a_missing_text_and_says_so(catalogs: Catalogs) -> None:
    somali = catalogs.texts("so")
    assert somali("citizen.bye") == "Farvel"
    assert somali.lang("citizen.bye") == "da"


def test_danish_stands_in_for_a_stale_text(ar: Texts) -> None:
    assert ar("citizen.bye") == "Farvel"
    assert ar.lang("citizen.bye") == "da"


def test_an_unknown_key_is_a_bug_that_shows_itself(da: Texts, ar: Texts) -> None:
    assert not da.has("citizen.nothing")
    for texts in (da, ar):
        with pytest.raises(KeyError):
            texts("citizen.nothing")
        with pytest.raises(KeyError):
            texts.lang("citizen.nothing")


def test_a_language_we_do_not_speak_is_a_key_error(catalogs: Catalogs) -> None:
    with pytest.raises(KeyError):
        catalogs.texts("xx")


def test_a_value_missing_in_danish_is_a_bug_that_shows_itself(da: Texts) -> None:
    with pytest.raises(KeyError):
        da("citizen.hello")


def test_a_translation_that_asks_for_an_unknown_value_gives_way_to_danish(catalogs: Catalogs) -> None:
    assert catalogs.texts("pl")("citizen.hello", name="Lone") == "Hej Lone"
    assert catalogs.texts("pl").html("citizen.hello", name="Lone") == "Hej Lone"


@pytest.mark.parametrize(("n", "text"), [(0, "0 dage"), (1, "1 dag"), (2, "2 dage"), (1964, "1.964 dage")])
def test_the_count_picks_the_form_and_is_written_in_the_languages_way(da: Texts, n: int, text: str) -> None:
    assert da("citizen.days", n=n) == text


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0"), (1, "1"), (2, "2"), (7, "few 7"), (11, "many 11"), (100, "other 100")]
)
def test_arabic_picks_among_six_forms(ar: Texts, n: int, text: str) -> None:
    assert ar("citizen.days", n=n) == text


def test_a_text_that_stands_in_is_counted_the_danish_way(catalogs: Catalogs) -> None:
    assert catalogs.texts("uk")("citizen.days", n=21) == "21 dage"


def test_a_catalog_with_too_few_forms_shows_its_last(catalogs: Catalogs) -> None:
    assert catalogs.texts("pl")("citizen.days", n=5) == "5 dzień"


def test_a_text_that_counts_cannot_be_had_without_a_count(da: Texts) -> None:
    with pytest.raises(KeyError):
        da("citizen.days")


def test_the_municipalitys_text_with_a_value_that_is_no_more_gives_way_to_the_shipped_one(
    catalogs: Catalogs,
) -> None:
    texts = catalogs.texts("da", {("da", "citizen.hello"): ("Hej {fornavn}",)})
    assert texts("citizen.hello", name="Lone") == "Hej Lone"
    with pytest.raises(KeyError):
        texts("citizen.hello")


def test_the_municipalitys_own_words_lie_above(catalogs: Catalogs) -> None:
    texts = catalogs.texts("ar", {("ar", "citizen.hello"): ("أهلا {name}",)})
    assert texts("citizen.hello", name="Lone") == "أهلا Lone"


def test_a_danish_text_the_municipality_changed_makes_the_shipped_translation_stale(
    catalogs: Catalogs,
) -> None:
    texts = catalogs.texts("ar", {("da", "citizen.hello"): ("Dav {name}",)})
    assert texts("citizen.hello", name="Lone") == "Dav Lone"
    assert texts.lang("citizen.hello") == "da"
    assert catalogs.texts("da", {("da", "citizen.hello"): ("Dav {name}",)}).forms("citizen.hello") == (
        "Dav {name}",
    )


@pytest.mark.parametrize(
    "attack", ["{name.__class__}", "{name[0]}", "{0}", "{}", "{name!r}", "{name:>999999}"]
)
def test_a_text_reaches_nothing_but_plain_values(catalogs: Catalogs, attack: str) -> None:
    texts = catalogs.texts("da", {("da", "citizen.hello"): (attack,)})
    assert texts("citizen.hello", name="Lone") == attack


def test_what_a_value_holds_is_not_read_as_a_placeholder(da: Texts) -> None:
    assert da("citizen.hello", name="{secret}") == "Hej {secret}"


def test_html_lets_bare_tags_through_and_escapes_the_rest(da: Texts) -> None:
    assert da.html("citizen.strong", name="<b>Bo</b>") == Markup(
        "Skriv <strong>ikke</strong> til &lt;b&gt;Bo&lt;/b&gt; &amp; co &lt;script&gt;"
    )
    assert da.html("citizen.hello", name=Markup("<b>Bo</b>")) == Markup("Hej <b>Bo</b>")
    assert da.html("citizen.hello", name="<strong>") == Markup("Hej &lt;strong&gt;")


def test_a_tag_with_an_attribute_never_comes_through(catalogs: Catalogs) -> None:
    texts = catalogs.texts("da", {("da", "citizen.bye"): ("<strong onclick=x>hej</strong>",)})
    assert "<strong onclick" not in texts.html("citizen.bye")


def test_keys_and_areas_are_those_of_danish(catalogs: Catalogs) -> None:
    assert catalogs.keys("citizen")[0] == "citizen.hello"
    assert catalogs.keys() == catalogs.keys("citizen")
    assert catalogs.keys("sms") == ()
    assert catalogs.areas() == ("citizen",)
    found = catalogs.entry("ar", "citizen.bye")
    assert found is not None
    assert found.stale
    assert catalogs.entry("so", "citizen.bye") is None


def test_texts_format_dates_and_numbers_in_their_language(da: Texts) -> None:
    noon = dt.datetime(2026, 7, 1, 11, 5, tzinfo=dt.UTC)
    assert da.date(noon) == "1. juli 2026"
    assert da.short_date(noon) == "1. jul. 2026"
    assert da.weekday(noon) == "onsdag den 1. juli 2026"
    assert da.time(noon) == "13.05"
    assert da.datetime(noon) == "1. jul. 2026 13.05"
    assert da.number(1964) == "1.964"
    assert da.percent(0.281, 1) == "28,1\u00a0%"
    assert da.isolate("لونه") == "\u2068لونه\u2069"


def test_a_folder_without_catalogs_has_no_keys(tmp_path: Path) -> None:
    assert load_catalogs(tmp_path).keys() == ()


def test_a_translation_counts_as_approved_once_a_native_speaker_or_the_municipality_stands_for_it() -> None:
    danish = {key: Entry(key, ("Hej",)) for key in ("citizen.a", "citizen.b", "citizen.c")}
    polish = {
        "citizen.a": Entry("citizen.a", ("Cześć",), status=Status.BACK_CHECKED),
        "citizen.b": Entry("citizen.b", ("Cześć",), status=Status.NATIVE_APPROVED),
    }
    catalogs = Catalogs({"da": danish, "pl": polish})
    approved = catalogs.texts("pl").is_approved
    assert [approved(key) for key in danish] == [False, True, True]
    assert catalogs.texts("pl", {("pl", "citizen.a"): ("Witaj",)}).is_approved("citizen.a")


def test_persian_writes_a_number_in_its_own_digits_and_leaves_a_code_to_be_typed() -> None:
    danish = {"citizen.a": Entry("citizen.a", ("{max} og {code}",))}
    persian = {"citizen.a": Entry("citizen.a", ("{max} و {code}",))}
    texts = Catalogs({"da": danish, "fa": persian}).texts("fa")
    assert texts("citizen.a", max=400, code="4711") == "۴۰۰ و 4711"
