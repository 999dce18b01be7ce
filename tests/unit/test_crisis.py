"""Words of crisis: found as people write them, and not where they only sound alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.keywords import plain
from portal.content.crisis_phrases import SHIPPED
from portal.domain.crisis import ANSWER_AGAIN_AFTER, SPARED, answers_again, phrases_in
from tests.conftest import NOW

ALL = [phrase for phrases in SHIPPED.values() for phrase in phrases]

WRITTEN = [
    "Jeg har selvmordstanker",
    "JEG VIL IKKE LEVE MERE!!!",
    "jeg kan ikke klare det, jeg vil bare dø 😢",
    "min mand slår mig",
    "han siger han slår mig ihjel",
    "I don’t want to live anymore",
    "I dont want to live",
    "my husband beats me",
    "Бо я не хочу жити",
    "Він мене б’є",
    "chce umrzec. chcę umrzeć",
    "kendimi öldürmek istiyorum",
    "KENDİMİ ÖLDÜRECEĞİM",
    "waan is dilayaa",
    "ክመውት ደልየ ኣለኹ",
    "أُريدُ أن أموت",
    "زوجي يضربني",
    "می خواهم بمیرم",
    "Vreau sa mor",
    "soțul mă bate",
    "jeg er i fare",
    "jeg har lyst til at dø af sorg",
    "jeg vil ikke leve af det her, jeg vil ikke leve mere",
    "Jeg tænker på at skade mig selv",
    "I will end it all",
    "I want to end it all",
    "I keep hurting myself",
    "I don't want to be alive",
    "el mă bate, nu doar la cap",
    "به من تجاوز کرد",
]
HARMLESS = [
    "Jeg dør af grin",
    "Vi slog tiden ihjel i kantinen",
    "Det er livsfarligt godt",
    "Jeg er træt og orker ikke mere i dag",
    "Min ryg slår sig",
    "Jeg kommer til mødet, men det er dødkedeligt",
    "The deadline is killing me",
    "I would kill for a job like that",
    "Mă bate gândul să schimb cursul",
    "Chcę pracować",
    "Ölçüm yaptım",
    "Я хочу жити в Оденсе",
    "Jeg vil leve af at lave mad",
    "Jeg vil ikke leve af kontanthjælp",
    "jeg vil ikke leve på støtte",
    "Jeg er i fare for at miste min lejlighed",
    "Jeg kom til at skade mig på ryggen",
    "In the end it all went well",
    "Jeg kan løfte uden at skade mig selv",
    "I hurt myself lifting boxes at work",
    "I am in danger of losing my flat",
    "he hits me up when there is work",
    "Soția mă bate la cap să vin",
    "هزینه از صد کرون تجاوز کرد",
    "أنا تعبان شوي اليوم",
    "Сьогодні страшенно втомився, хочу спати",
    "Jestem śmiertelnie zmęczona",
    "Bugün çok yoruldum, ölüyorum yorgunluktan",
    "Maanta waan daalay, waan xanuunsanayaa",
    "ሎሚ ደኺመ ኣለኹ",
    "خیلی خسته‌ام امروز",
    "Toget dræber min tålmodighed",
    "Det slog mig, at bussen kørte før",
    "Min søn blev slået ud af turneringen",
    "Jeg dør hvis jeg ikke får kaffe",
    "Bussen var ved at slå mig omkuld",
    "I could murder a coffee",
    "",
    "👍👍",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_words_of_crisis_are_found_as_people_write_them(text: str) -> None:
    assert phrases_in(text, ALL)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_like_them_is_left_alone(text: str) -> None:
    assert phrases_in(text, ALL) == ()


@pytest.mark.parametrize("code", SHIPPED)
def test_each_listed_phrase_is_found_in_itself_and_in_the_middle_of_a_message(code: str) -> None:
    for phrase in meant(code):
        assert phrases_in(phrase, SHIPPED[code])
        assert phrases_in(f"Hej ... {phrase.upper()}!? 😔 ok", SHIPPED[code]), phrase


@pytest.mark.parametrize("code", SHIPPED)
def test_no_phrase_is_so_short_that_everybody_writes_it(code: str) -> None:
    assert [phrase for phrase in SHIPPED[code] if len(plain(phrase)) < 4] == []


def meant(code: str) -> list[str]:
    return [phrase for phrase in SHIPPED[code] if not phrase.startswith(SPARED)]


@pytest.mark.parametrize("code", SHIPPED)
def test_each_spared_phrase_spares_something(code: str) -> None:
    for phrase in SHIPPED[code]:
        if phrase.startswith(SPARED):
            assert phrases_in(phrase + " noget", SHIPPED[code]) == ()


def test_what_is_spared_hides_nothing_else() -> None:
    words = ["i fare", "-i fare for at miste", "mit job"]
    assert phrases_in("jeg er i fare for at miste mit job. I fare!", words) == ("mit job", "i fare")
    assert phrases_in("i fare", ["-i fare"]) == ()


def test_a_phrase_is_whole_words_and_a_stem_is_only_its_own_end() -> None:
    assert phrases_in("dødtræt", ["død"]) == ()
    assert phrases_in("selvmordstanker og ikkeselvmord", ["selvmord*"]) == ("selvmordstanker",)


def test_what_is_found_is_named_once_in_the_order_it_was_written() -> None:
    assert phrases_in("bbbb aaaa bbbb", ["aaaa", "bbbb"]) == ("bbbb", "aaaa")


def test_an_empty_list_finds_nothing() -> None:
    assert phrases_in("selvmord", []) == phrases_in("selvmord", ["", " ", "*", "!!"]) == ()


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=5))
def test_any_text_can_be_asked_of_any_list(text: str, phrases: list[str]) -> None:
    assert all(found in plain(text) for found in phrases_in(text, phrases))


def test_the_numbers_to_call_are_given_again_only_after_some_hours() -> None:
    assert answers_again(None, NOW)
    assert not answers_again(NOW, NOW + ANSWER_AGAIN_AFTER - timedelta(seconds=1))
    assert answers_again(NOW, NOW + ANSWER_AGAIN_AFTER)
