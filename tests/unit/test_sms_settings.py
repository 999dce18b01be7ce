"""What an administrator may set about the SMS."""

from __future__ import annotations

import pytest

from messaging.content_guard import SENSITIVE_WORDS
from portal.services.sms.draft import HouseRules, draft, drafts
from portal.services.sms_settings import MOST_WORDS, Problem, check


def test_the_list_that_ships_could_be_saved() -> None:
    assert check("39", SENSITIVE_WORDS) == {}


@pytest.mark.parametrize("word", ["gæld", "medicin*", "-gælder", "cash benefit*", "a", "ни*", "it's"])
def test_a_word_a_stem_and_an_exception_are_words(word: str) -> None:
    assert check("", (word,)) == {}


@pytest.mark.parametrize("word", ["*", "-", "--gæld", "*gæld", "gæ*ld", "(gæld|angst)", "x" * 60, "!"])
def test_what_would_find_everything_or_nothing_is_refused(word: str) -> None:
    assert check("", ("god", word)) == {"words": (Problem.NO_WORD, word)}


@pytest.mark.parametrize("price", ["-1", "0,39", "1001", "tre", "³"])
def test_a_price_is_a_whole_number_of_oere(price: str) -> None:
    assert check(price, ()) == {"price": (Problem.PRICE, price)}


def test_a_list_has_an_end() -> None:
    words = tuple(f"ord{number}" for number in range(MOST_WORDS + 1))
    assert check("", words) == {"words": (Problem.TOO_MANY, "")}


def test_a_draft_is_measured_and_priced_with_her_own_word() -> None:
    sms = draft("a" * 155, "solsikke", HouseRules(part_price=39))
    assert (sms.size.parts, sms.price, sms.simpler) == (2, 78, None)
    assert draft("a" * 155, None, HouseRules(part_price=39)).price == 39
    assert draft("a", None).price is None


def test_a_draft_offers_the_cheaper_signs_and_says_what_they_save() -> None:
    sms = draft("Vi ses i morgen – kl. 10 " * 4, None)
    assert sms.size.parts == 2
    assert (sms.simpler, sms.simpler_parts) == (
        "Vi ses i morgen - kl. 10 " * 3 + "Vi ses i morgen - kl. 10",
        1,
    )
    assert draft("Cześć", None).simpler is None


def test_texts_in_several_languages_are_each_measured_and_empty_ones_left_out() -> None:
    found = drafts({"da": "Hej", "uk": "Вітаю", "ar": ""}, HouseRules(words=("hej",)))
    assert {code: len(sms.findings) for code, sms in found.items()} == {"da": 1, "uk": 0}


def test_a_link_is_a_concern_from_the_number_alone() -> None:
    assert draft("Se jobnet.dk", None).findings
    assert not draft("Se jobnet.dk", None, takes_replies=False).findings
