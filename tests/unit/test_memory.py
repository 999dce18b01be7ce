"""A translator is offered what was translated before: the nearest first, and never as nearer than it is."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from i18n.memory import ENOUGH, NEAR_ENOUGH, Memory, Unit
from i18n.texts import shipped_catalogs
from i18n.word_diff import Change

SENTENCE = "Du kan svare på spørgsmålene nu."
SOURCES = st.lists(
    st.sampled_from(["Du", "kan", "svare", "nu", "{name}", "{link}", "Ring", "til", "os"]),
    min_size=1,
    max_size=12,
).map(" ".join)


def unit(key: str, source: str, *forms: str, trust: int = 0) -> Unit:
    return Unit(key, source, forms or (f"T {key}",), trust)


def found(memory: Memory, source: str, key: str = "") -> list[tuple[str, int]]:
    return [(match.unit.key, match.percent) for match in memory.matches(source, key)]


def test_the_very_same_text_comes_first_and_alone_is_a_hundred_percent() -> None:
    memory = Memory([unit("a.near", SENTENCE.upper()), unit("a.same", SENTENCE), unit("a.far", "Farvel")])
    assert found(memory, SENTENCE) == [("a.same", 100), ("a.near", 99)]


@given(SOURCES, st.lists(SOURCES, max_size=8))
def test_whatever_differs_is_less_than_a_hundred_and_the_order_is_by_nearness(
    asked: str, others: list[str]
) -> None:
    memory = Memory(unit(f"a.{n}", source) for n, source in enumerate(others))
    matches = memory.matches(asked)
    assert len(matches) <= ENOUGH
    assert [match.percent for match in matches] == sorted((m.percent for m in matches), reverse=True)
    assert all((match.percent == 100) == (match.unit.source == asked) for match in matches)
    assert all(match.percent >= NEAR_ENOUGH for match in matches)
    assert (asked in others) == any(match.percent == 100 for match in matches)


@given(SOURCES)
def test_a_text_is_no_match_of_itself(source: str) -> None:
    assert Memory([unit("a.one", source)]).matches(source, "a.one") == ()


def test_the_very_same_text_is_found_among_however_many_that_look_alike() -> None:
    alike = [unit(f"a.{n}", SENTENCE.upper()) for n in range(200)]
    assert found(Memory([*alike, unit("b.same", SENTENCE)]), SENTENCE)[0] == ("b.same", 100)


def test_a_long_placeholder_weighs_no_more_than_a_short_one() -> None:
    memory = Memory([unit("a.one", "Hej {first_name_of_the_citizen}", "مرحبا {first_name_of_the_citizen}")])
    (match,) = memory.matches("Hej {n}")
    assert match.percent == 99
    assert match.forms == ("مرحبا {n}",)


def test_placeholders_keep_their_names_where_nobody_can_tell_which_is_which() -> None:
    memory = Memory([unit("a.one", "Hej {name}, det er {caseworker}", "Hi {name}, {caseworker} here")])
    (match,) = memory.matches("Hej {name}, det er os")
    assert match.forms == ("Hi {name}, {caseworker} here",)


def test_what_both_texts_hold_keeps_its_name_in_whatever_order_they_hold_it() -> None:
    memory = Memory(
        [unit("a.one", "{name}, svar {caseworker} her: {address}", "{name} → {caseworker}: {address}")]
    )
    (match,) = memory.matches("{caseworker}, svar {name} her: {link}")
    assert match.forms == ("{name} → {caseworker}: {link}",)


def test_a_match_tells_what_differs_in_danish_and_a_placeholder_of_another_name_is_no_difference() -> None:
    memory = Memory([unit("a.one", "Du kan svare {who} nu.")])
    (match,) = memory.matches("Du kan svare {caseworker} i dag.")
    assert [(run.change.value, run.text) for run in match.differs] == [
        ("kept", "Du kan svare {caseworker} "),
        ("removed", "nu"),
        ("added", "i dag"),
        ("kept", "."),
    ]
    (same,) = memory.matches("Du kan svare {caseworker} nu.")
    assert (same.percent, same.differs) == (99, ())


@given(SOURCES, SOURCES)
def test_the_difference_leads_from_the_one_danish_to_the_other(asked: str, other: str) -> None:
    for match in Memory([unit("a.one", other)]).matches(asked):
        new = "".join(run.text for run in match.differs if run.change is not Change.REMOVED)
        assert new in (asked, "")


def test_of_two_that_are_as_near_the_approved_comes_first_and_then_the_same_area() -> None:
    memory = Memory(
        [
            unit("b.draft", SENTENCE, "draft"),
            unit("a.draft", SENTENCE, "draft of the area"),
            unit("b.approved", SENTENCE, "approved", trust=3),
        ]
    )
    assert [m.forms[0] for m in memory.matches(SENTENCE, "a.asked")] == [
        "approved",
        "draft of the area",
        "draft",
    ]


def test_the_same_translation_is_offered_once() -> None:
    memory = Memory([unit("a.one", SENTENCE, "same"), unit("a.two", SENTENCE, "same")])
    assert found(memory, SENTENCE) == [("a.one", 100)]


def test_what_is_not_translated_is_not_offered() -> None:
    assert Memory([unit("a.one", SENTENCE, "", " ")]).matches(SENTENCE) == ()
    assert Memory([unit("a.one", SENTENCE)]).matches("  ") == ()


def test_five_thousand_texts_are_looked_through_within_a_tenth_of_a_second() -> None:
    danish = [entry.forms[-1] for entry in shipped_catalogs().entries["da"].values()]
    sources = [f"{text} {n}" if n >= len(danish) else text for n, text in enumerate((danish * 2)[:5000])]
    memory = Memory(unit(f"a.{n}", source) for n, source in enumerate(sources))
    asked = max(danish, key=len)
    times = []
    for text in (asked, SENTENCE, danish[7]):
        began = time.perf_counter()
        memory.matches(text)
        times.append(time.perf_counter() - began)
    assert sum(times) / len(times) < 0.1
