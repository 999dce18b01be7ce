"""A form as JSON, and the form again: what a version keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from portal.domain.questionnaires import Choice, Page, Question, Questionnaire, QuestionType, Respondent


def to_dict(questionnaire: Questionnaire) -> dict[str, Any]:
    """The form as JSON takes it: every field is written, so that a later default changes no old version."""
    return asdict(questionnaire)


def from_dict(data: Mapping[str, Any]) -> Questionnaire:
    """The form again, from `to_dict` or its JSON. Costs milliseconds for a long form: keep the result."""
    changed = {
        "pages": tuple(_page(page) for page in data["pages"]),
        "respondent": Respondent(data["respondent"]),
        "languages": tuple(data["languages"]),
    }
    return Questionnaire(**{**data, **changed})


def _page(data: Mapping[str, Any]) -> Page:
    return Page(**{**data, "questions": tuple(_question(question) for question in data["questions"])})


def _question(data: Mapping[str, Any]) -> Question:
    changed = {
        "type": QuestionType(data["type"]),
        "respondent": Respondent(data["respondent"]),
        "choices": tuple(Choice(**choice) for choice in data["choices"]),
    }
    return Question(**{**data, **changed})
