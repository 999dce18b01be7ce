"""The page on plain language practises what it preaches, and its figures are measured."""

from __future__ import annotations

import re

import pytest

from i18n import plain_language
from i18n.marking import Kind, marks
from i18n.plain_language import TARGET, readability, threats
from i18n.plain_words import ENTRIES
from portal.app import ROOT
from portal.content.exercises import EXERCISES, Exercise

PAGE = (ROOT / "docs" / "plain-language.md").read_text()
TOLD = re.findall(r"(Before|Ours): LIX (\d+)\.\n\n```text\n(.*?)\n```", PAGE, re.DOTALL)
ASIDE = {Kind.LONG_WORD, Kind.JARGON}
"""Some long words are the right ones, and the office has its name."""


def test_each_letter_measures_what_the_page_says() -> None:
    assert [(told, readability(text).lix) for _, told, text in TOLD] == [
        (told, int(told)) for _, told, _ in TOLD
    ]
    assert [int(told) for what, told, _ in TOLD if what == "Before"] == [54, 53]


def test_the_page_counts_the_letters_so_that_a_reader_can_count_them_too() -> None:
    rows = re.findall(r"\| (\d+) \| (\d+) \| (\d+) \| (\S+) \+ 100 × (\S+) = (\d+) \|", PAGE)
    counted = [readability(text) for _, _, text in TOLD]
    assert [tuple(map(int, (*row[:3], row[5]))) for row in rows] == [
        (each.words, each.sentences, each.long_words, each.lix) for each in counted
    ]
    assert [row[3:5] for row in rows] == [
        (f"{each.words}/{each.sentences}", f"{each.long_words}/{each.words}") for each in counted
    ]


def test_the_letters_of_the_page_are_those_of_the_exercises() -> None:
    shown = [text for _, _, text in TOLD]
    assert shown == [text.strip() for each in EXERCISES for text in (each.letter, each.ours)]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.title)
def test_our_version_is_plain_and_the_letter_is_not(exercise: Exercise) -> None:
    assert threats(exercise.letter) and not threats(exercise.ours)
    assert (readability(exercise.ours).lix or 0) <= TARGET
    assert plain_language.check(exercise.ours) == ()
    assert {mark.kind for mark in marks(exercise.ours)} <= ASIDE
    assert set(Kind) - {Kind.NESTED, Kind.JARGON, Kind.ABBREVIATION} <= {
        mark.kind for mark in marks(exercise.letter)
    }


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.title)
def test_every_change_in_the_table_was_made(exercise: Exercise) -> None:
    for change in exercise.changes:
        assert change.was in exercise.letter and change.now in exercise.ours
        assert f"| {change.was} | {change.now} | " in PAGE


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.title)
def test_our_version_has_every_figure_of_the_letter(exercise: Exercise) -> None:
    """Dates, times, the place and the telephone: what she must know is still there."""
    figures = [set(re.findall(r"\d+", text.replace(".00", ""))) for text in (exercise.letter, exercise.ours)]
    assert figures[0] == figures[1]


def test_the_list_of_officialese_is_as_long_as_the_page_says() -> None:
    assert "more than 200 words and phrases" in PAGE and len(ENTRIES) > 200
