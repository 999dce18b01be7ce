from hypothesis import given
from hypothesis import strategies as st

from i18n.catalogs import Entry
from i18n.glossary import Glossary, jargon, names
from i18n.texts import Catalogs, shipped_catalogs

GLOSSARY = Glossary({"mentor": "mentor, mentoren", "team": "rehabiliteringsteam", "post": "Digital Post"})


def test_a_word_is_found_in_the_forms_it_has_whatever_the_case() -> None:
    assert GLOSSARY.names_in("Din Mentor ringer.", "Har mentoren skrevet?") == ("mentor",)


def test_words_come_in_the_order_of_the_text() -> None:
    assert GLOSSARY.names_in("Læs din digital post, før du ser mentoren.") == ("post", "mentor")


def test_a_part_of_another_word_is_not_the_word() -> None:
    assert GLOSSARY.names_in("Mentorat, ekstramentor og mentorerne") == ()


def test_the_place_of_the_first_word_is_told() -> None:
    text = "Se mentoren og mentor"
    found = GLOSSARY.find(text)
    assert found is not None
    name, start, end = found
    assert (name, text[start:end]) == ("mentor", "mentoren")


def test_an_arabic_comma_parts_forms_too() -> None:
    assert Glossary({"mentor": "مرشد، المرشد"}).names_in("يتصل المرشد بك") == ("mentor",)


def test_nothing_is_found_with_no_words() -> None:
    assert Glossary({}).names_in("mentor") == () and Glossary({"a": " , "}).find("mentor") is None


@given(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøå (.*+?[", min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)
def test_a_word_with_any_sign_is_found_where_it_stands_alone(word: str) -> None:
    assert Glossary({"it": word}).names_in(f"– {word} –") == ("it",)


def test_the_trade_has_words_that_need_an_explanation() -> None:
    assert GLOSSARY.unexplained("Mentoren og dit ressourceforløb") == ("ressourceforløb",)
    assert jargon("Mentoren og dit ressourceforløb") == ("Mentoren", "ressourceforløb")


def test_names_are_read_from_the_keys() -> None:
    assert names(["glossary.mentor.word", "glossary.mentor.forms", "citizen.a.forms"]) == ("mentor",)


def made(**english: str) -> Catalogs:
    danish = {"word": "mentor", "forms": "mentor, mentoren", "text": "En, der hjælper."}
    entries = {
        code: {
            f"glossary.mentor.{part}": Entry(f"glossary.mentor.{part}", (text,))
            for part, text in texts.items()
        }
        for code, texts in {"da": danish, "en": english}.items()
    }
    return Catalogs(entries)


def test_a_word_is_explained_only_in_a_language_that_has_all_of_it() -> None:
    whole = made(word="mentor", forms="mentor", text="Somebody who helps.")
    assert whole.glossary("en").names_in("Your mentor") == ("mentor",)
    assert made(word="mentor", forms="mentor").glossary("en").names_in("Your mentor") == ()


def test_a_shipped_word_stands_among_its_own_forms_and_in_its_explanation() -> None:
    catalogs = shipped_catalogs()
    for code in ("da", "en"):
        texts = catalogs.texts(code)
        for name in names(catalogs.keys()):
            glossary = catalogs.glossary(code)
            assert glossary.names_in(texts(f"glossary.{name}.word")) == (name,), (code, name)
