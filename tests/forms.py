"""Questionnaires for tests: a small one with routing and scores, and one with every type of question."""

from __future__ import annotations

from typing import Any

from portal.domain.questionnaires import (
    Choice,
    Page,
    Question,
    Questionnaire,
    QuestionType,
    Respondent,
)
from portal.domain.stored_forms import to_dict

DEGREES = ("slet ikke", "lidt", "nogenlunde", "meget", "helt")
DEGREES_IN_ENGLISH = ("not at all", "a little", "fairly", "mostly", "completely")


def degree_choices() -> tuple[Choice, ...]:
    pairs = enumerate(zip(DEGREES, DEGREES_IN_ENGLISH, strict=True), start=1)
    return tuple(Choice(str(n), {"da": da, "en": en}, float(n)) for n, (da, en) in pairs)


def degree(name: str, danish: str, english: str, **values: Any) -> Question:
    return Question(
        name,
        QuestionType.SELECT_ONE,
        {"da": danish, "en": english},
        required=True,
        choices=degree_choices(),
        appearance="likert",
        indicator=name,
        **values,
    )


def small_form(key: str = "progression_citizen") -> Questionnaire:
    """Four pages; the third is met only by who has looked for a job; the last is free text."""
    channels = (
        Choice("adverts", {"da": "så på opslag", "en": "looked at adverts"}),
        Choice("people", {"da": "spurgte folk", "en": "asked people"}),
    )
    questions = (
        degree(
            "belief_in_work", "Tror du, at du kan klare et arbejde?", "Do you think you could manage a job?"
        ),
        degree("job_search", "Har du søgt job?", "Did you look for a job?"),
        Question(
            "job_search_channels",
            QuestionType.SELECT_MULTIPLE,
            {"da": "Hvordan har du søgt job?", "en": "How did you look?"},
            required=True,
            relevant="${job_search} > 1",
            choices=channels,
        ),
        Question(
            "wish",
            QuestionType.TEXT,
            {"da": "Hvad ønsker du dig?", "en": "What do you wish for?"},
            hints={"da": "Skriv med dine egne ord.", "en": "Write in your own words."},
        ),
    )
    return Questionnaire(
        key,
        {"da": "Sådan går det", "en": "How things are going"},
        tuple(Page(question.name, (question,)) for question in questions),
        languages=("da", "en"),
    )


def every_type() -> Questionnaire:
    """One page a type, and a group of two questions; the date and the number have constraints."""

    def texts(danish: str) -> dict[str, str]:
        return {"da": danish}

    choices = (Choice("red", texts("rød")), Choice("blue", texts("blå")))
    questions = (
        Question("intro", QuestionType.NOTE, texts("Nu kommer der nogle spørgsmål.")),
        Question("colour", QuestionType.SELECT_ONE, texts("Hvilken farve?"), choices=choices),
        Question("colours", QuestionType.SELECT_MULTIPLE, texts("Hvilke farver?"), choices=choices),
        Question("level", QuestionType.RANGE, texts("Hvor meget?"), start=0, end=10, step=1),
        Question(
            "children",
            QuestionType.INTEGER,
            texts("Hvor mange børn?"),
            constraint=". >= 0",
            constraint_messages=texts("Skriv 0 eller mere."),
            required=True,
        ),
        Question("hours", QuestionType.DECIMAL, texts("Hvor mange timer?")),
        Question("since", QuestionType.DATE, texts("Siden hvornår?")),
        Question("words", QuestionType.TEXT, texts("Dine egne ord?"), required=True),
    )
    group = Page(
        "together",
        (
            Question("first", QuestionType.TEXT, texts("Det første?"), required=True),
            Question("second", QuestionType.SELECT_ONE, texts("Det andet?"), choices=choices, required=True),
        ),
        texts("To sammen"),
    )
    pages = (*(Page(question.name, (question,)) for question in questions), group)
    return Questionnaire("every_type", texts("Alle slags"), pages)


def definition(form: Questionnaire) -> dict[str, Any]:
    return to_dict(form)


def caseworker_form() -> Questionnaire:
    question = degree(
        "purposefulness",
        "Arbejder borgeren målrettet?",
        "Does the citizen work purposefully?",
        respondent=Respondent.CASEWORKER,
    )
    return Questionnaire(
        "progression_caseworker",
        {"da": "Om borgeren"},
        (Page(question.name, (question,)),),
        respondent=Respondent.CASEWORKER,
        languages=("da", "en"),
    )
