"""Forms of the sample town's own, in Danish alone: one with a question of each kind, for what is said of a wrong
answer, and one about a theme that ships with a name but in no form: a municipality may ask of it in one of its own."""

from __future__ import annotations

from portal.domain.questionnaires import Choice, Page, Question, Questionnaire, QuestionType

KEY = "specimen_sample"


def _page(name: str, kind: QuestionType, label: str, **values: object) -> Page:
    question = Question(name, kind, {"da": label}, required=True, **values)  # type: ignore[arg-type]
    return Page(name, (question,))


SAMPLE = Questionnaire(
    KEY,
    {"da": "Et skema kun på dansk"},
    (
        _page("date", QuestionType.DATE, "Hvornår begyndte du?"),
        _page("number", QuestionType.INTEGER, "Hvor mange timer arbejder du?"),
        _page("range", QuestionType.RANGE, "Hvor langt har du?", start=0, end=90, step=1),
        _page("words", QuestionType.TEXT, "Hvad vil du gerne?"),
        _page(
            "choice", QuestionType.SELECT_ONE, "Har du et arbejde?", choices=(Choice("yes", {"da": "Ja"}),)
        ),
        _page("rule", QuestionType.INTEGER, "Hvor mange har du søgt?", constraint="false()"),
    ),
)
SLEEP = Questionnaire(
    "specimen_sleep",
    {"da": "Et skema om søvn"},
    (
        _page(
            "sleep",
            QuestionType.SELECT_ONE,
            "Sover du godt?",
            choices=tuple(Choice(str(step), {"da": f"{step} af 5"}, score=step) for step in range(1, 6)),
            indicator="sleep",
        ),
    ),
)
