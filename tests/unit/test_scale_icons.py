"""Only a whole scale has pictures, and each step the one of its score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.domain.questionnaires import Choice, Question, QuestionType
from portal.web.controls import scale_icons


def scale(*scores: float | None) -> Question:
    choices = tuple(Choice(f"c{place}", {"da": "x"}, score) for place, score in enumerate(scores))
    return Question("q", QuestionType.SELECT_ONE, {"da": "x"}, choices=choices, appearance="likert")


def test_an_amount_has_bars_by_its_score_whatever_the_order() -> None:
    assert scale_icons(scale(5, 4, 3, 2, 1)) == {"c0": "s5", "c1": "s4", "c2": "s3", "c3": "s2", "c4": "s1"}


def test_a_change_has_arrows() -> None:
    assert list(scale_icons(scale(-2, -1, 0, 1, 2)).values()) == ["d2", "d1", "e0", "u1", "u2"]


@pytest.mark.parametrize("scores", [(1, 2, 3, 4), (0, 1, 2, 3, 4), (None,) * 5, (1, 2, 3, 4, None), ()])
def test_anything_else_has_none(scores: tuple[float | None, ...]) -> None:
    assert scale_icons(scale(*scores)) == {}


@pytest.mark.parametrize("change", [{"appearance": ""}, {"type": QuestionType.SELECT_MULTIPLE}])
def test_scores_alone_make_no_scale(change: dict[str, str]) -> None:
    assert scale_icons(replace(scale(1, 2, 3, 4, 5), **change)) == {}  # type: ignore[arg-type]
