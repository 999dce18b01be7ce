"""A way through a form depends on the deciding answers alone, and is walked once for all who gave the same."""

from __future__ import annotations

import pytest

from portal.domain import routing
from portal.domain.questionnaires import Answer, Page, Question, Questionnaire, QuestionType
from portal.domain.routing import Route


def make_form(kind: QuestionType) -> Questionnaire:
    """The second page is for who gave 1 to the first question; the third is for all."""
    questions = (
        Question("a", kind, {"da": "a"}),
        Question("b", QuestionType.TEXT, {"da": "b"}, relevant="${a} = '1'"),
        Question("c", QuestionType.TEXT, {"da": "c"}),
    )
    return Questionnaire("form", {"da": "Form"}, tuple(Page(each.name, (each,)) for each in questions))


@pytest.fixture
def form() -> Questionnaire:
    return make_form(QuestionType.INTEGER)


def test_only_answers_that_a_condition_reads_decide(form: Questionnaire) -> None:
    assert form.deciding == ("a",)


def test_who_said_the_same_goes_the_same_way_whatever_else_she_said(form: Questionnaire) -> None:
    hers = Route(form, {"a": Answer("1"), "c": Answer("her own words")})
    his = Route(form, {"a": Answer("1")})
    assert hers.steps is his.steps
    assert [page.name for page in his.pages] == ["a", "b", "c"]
    assert [page.name for page in Route(form, {"a": Answer("2")}).pages] == ["a", "c"]


def test_what_is_held_of_a_form_has_an_end(form: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "MOST_WAYS", 3)
    for number in range(10):
        assert len(Route(form, {"a": Answer(str(number + 2))}).pages) == 2
    assert len(form.ways) <= 3


def test_what_somebody_wrote_is_not_held() -> None:
    form = make_form(QuestionType.TEXT)
    assert len(Route(form, {"a": Answer("1")}).pages) == 3
    assert not form.ways
