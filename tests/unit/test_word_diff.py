"""Two wordings side by side: nothing of either may be lost, and a reader sees what changed."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from i18n.word_diff import Change, Run, word_diff

KEPT, REMOVED, ADDED = Change.KEPT, Change.REMOVED, Change.ADDED
WORDINGS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(["Vi", "ringer", "i", "morgen", "{name}", "<strong>", " ", "\n", ".", "غدا"]),
        max_size=25,
    ).map("".join),
)


def joined(runs: tuple[Run, ...], *changes: Change) -> str:
    return "".join(run.text for run in runs if run.change in changes)


@given(WORDINGS, WORDINGS)
def test_kept_and_added_are_the_new_wording_and_kept_and_removed_the_old(old: str, new: str) -> None:
    runs = word_diff(old, new)
    assert joined(runs, KEPT, ADDED) == new
    assert joined(runs, KEPT, REMOVED) == old


@given(WORDINGS, WORDINGS)
def test_no_run_is_empty_and_no_two_neighbours_had_the_same_fate(old: str, new: str) -> None:
    runs = word_diff(old, new)
    assert all(run.text for run in runs)
    assert all(one.change is not other.change for one, other in pairwise(runs))


@given(WORDINGS)
def test_the_same_wording_is_one_kept_run(text: str) -> None:
    assert word_diff(text, text) == ((Run(KEPT, text),) if text else ())


def test_a_changed_word_stands_between_what_was_kept() -> None:
    assert word_diff("Vi ringer i morgen.", "Vi skriver i morgen.") == (
        Run(KEPT, "Vi "),
        Run(REMOVED, "ringer"),
        Run(ADDED, "skriver"),
        Run(KEPT, " i morgen."),
    )


def test_two_changed_words_are_one_change_with_the_space_between_them() -> None:
    assert word_diff("Vi ringer snart.", "Vi skriver straks.") == (
        Run(KEPT, "Vi "),
        Run(REMOVED, "ringer snart"),
        Run(ADDED, "skriver straks"),
        Run(KEPT, "."),
    )


def test_a_placeholder_is_one_word() -> None:
    runs = word_diff("Hej {name}!", "Hej {name_of_all}!")
    assert Run(REMOVED, "{name}") in runs
    assert Run(ADDED, "{name_of_all}") in runs


def test_a_tag_is_one_word() -> None:
    assert word_diff("Skriv nu", "Skriv <strong>nu</strong>") == (
        Run(KEPT, "Skriv "),
        Run(ADDED, "<strong>"),
        Run(KEPT, "nu"),
        Run(ADDED, "</strong>"),
    )
