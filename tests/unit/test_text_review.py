"""Who may say that a text is right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.text_review import (
    Refusal,
    Wording,
    refuse_approval,
    refuse_back_check,
    refuse_scale,
)
from portal.domain.texts import Kind, Standing

WRITER, READER = 1, 2
QUESTION = Wording(Standing.BACK_CHECKED, Kind.QUESTION, is_source=False, written_by=frozenset({WRITER}))
WORDINGS = st.builds(
    Wording,
    st.sampled_from(Standing),
    st.sampled_from(Kind),
    st.booleans(),
    st.just(frozenset({WRITER})),
    st.booleans(),
)


def test_a_question_that_was_read_back_is_approved_by_another_than_its_writer() -> None:
    assert refuse_approval(QUESTION, READER) is None
    assert refuse_approval(QUESTION, WRITER) is Refusal.OWN_WORDS


@given(WORDINGS)
def test_nobody_approves_or_reads_back_her_own_words(wording: Wording) -> None:
    assert refuse_approval(wording, WRITER) is not None
    assert refuse_back_check(wording, WRITER) is not None


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.CHOICE])
@pytest.mark.parametrize("standing", [Standing.MACHINE_DRAFT, Standing.DRAFT])
def test_what_is_measured_with_is_read_back_first(kind: Kind, standing: Standing) -> None:
    wording = replace(QUESTION, kind=kind, standing=standing)
    assert refuse_approval(wording, READER) is Refusal.NOT_READ_BACK
    assert refuse_approval(replace(wording, is_source=True), READER) is None


@pytest.mark.parametrize("kind", [Kind.PAGE, Kind.SMS, Kind.LETTER, Kind.GLOSSARY])
def test_a_page_or_an_sms_may_be_approved_by_reading_it(kind: Kind) -> None:
    assert refuse_approval(replace(QUESTION, kind=kind, standing=Standing.DRAFT), READER) is None


@pytest.mark.parametrize(
    ("standing", "why"), [(Standing.MISSING, Refusal.MISSING), (Standing.STALE, Refusal.STALE)]
)
def test_what_is_missing_or_stale_is_neither_read_back_nor_approved(standing: Standing, why: Refusal) -> None:
    wording = replace(QUESTION, standing=standing)
    assert refuse_approval(wording, READER) is refuse_back_check(wording, READER) is why


def test_a_text_that_would_break_a_page_is_not_approved() -> None:
    assert refuse_approval(replace(QUESTION, has_faults=True), READER) is Refusal.FAULTY


def test_a_scale_is_approved_as_a_whole_or_not_at_all() -> None:
    draft = replace(QUESTION, kind=Kind.CHOICE, standing=Standing.DRAFT)
    checked = replace(draft, standing=Standing.BACK_CHECKED)
    approved = replace(draft, standing=Standing.NATIVE_APPROVED)
    assert refuse_scale({"a": checked, "b": draft}, READER) == {"b": Refusal.NOT_READ_BACK}
    assert refuse_scale({"a": checked, "b": approved}, READER) == {}
    assert set(refuse_scale({"a": approved, "b": approved}, READER).values()) == {Refusal.NOTHING_TO_DO}
