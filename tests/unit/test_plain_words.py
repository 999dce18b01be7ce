"""The list of officialese: each offer is plainer, and none is officialese itself."""

from __future__ import annotations

import pytest

from i18n.checks import READ_BY_CITIZENS
from i18n.plain_language import is_long, threats, words
from i18n.plain_words import ENTRIES, PLAIN, find
from i18n.texts import shipped_catalogs

BETTER_KNOWN = {"bistår", "bistår med", "ophørt", "yder hjælp til"}
"""Shorter than what is offered, and known to fewer."""


def long_words(text: str) -> int:
    return sum(map(is_long, words(text)))


def test_the_list_has_many_words() -> None:
    assert len(ENTRIES) >= 200 and len(set(ENTRIES)) == len(ENTRIES)


def test_no_offer_has_more_long_words_than_what_it_replaces() -> None:
    swaps = [(official, plain) for official, each in PLAIN.items() for plain in each if "…" not in plain]
    longer = {official for official, plain in swaps if long_words(plain) > long_words(official)}
    assert longer == BETTER_KNOWN


def test_no_offer_is_officialese_or_a_threat_itself() -> None:
    offers = {plain for each in PLAIN.values() for plain in each}
    assert [(plain, list(find(plain))) for plain in offers if list(find(plain))] == []
    assert [plain for plain in offers if threats(plain)] == []


def test_a_phrase_is_found_whole_over_a_line_end_and_keeps_its_capital() -> None:
    (found,) = find("I  henhold\ntil loven")
    assert (found.start, found.end, found.instead) == (0, 14, ("Efter",))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Vi fremsendte skemaet", [("sendte",)]),
        ("ultimo maj", [("sidst i",)]),
        ("hvis skemaet indsendes, samt", [("sendes",), ("og",)]),
        ("Overhold, overholder", [("holder", "følger")]),
        ("hurtigst muligt", [("så snart du kan", "så snart vi kan")]),
        ("i tilfælde af, at du", [("hvis",)]),
        ("det kan medføre, at du, og det medfører bøvl", [("betyde, at",), ("giver",)]),
        ("Samtale, ydelse og grundet-ting", []),
    ],
)
def test_every_form_is_offered_the_same_form(text: str, plain: list[tuple[str, ...]]) -> None:
    assert [each.instead for each in find(text)] == plain


def test_what_must_be_turned_round_is_an_idea_and_no_swap() -> None:
    assert [each.is_swap for each in find("Du skal returnere det og anvende det")] == [False, True]


def test_our_own_sentences_for_citizens_do_without() -> None:
    danish = [entry for entry in shipped_catalogs().entries["da"].values() if entry.area in READ_BY_CITIZENS]
    sentences = {(entry.key, form) for entry in danish for form in entry.forms if len(words(form)) > 3}
    met = {key for key, form in sentences if list(find(form))}
    assert met <= {"progression.composite.too_few"}, "staff alone read it"
