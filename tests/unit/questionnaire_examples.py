"""Questionnaires built in a line, and any questionnaire for the laws of routing."""

from typing import Any

from hypothesis import strategies as st

from portal.domain.questionnaires import Answer, Choice, Missing, Page, Question, Questionnaire, QuestionType

DEGREE = tuple(Choice(str(n), {"da": f"svar {n}", "en": f"answer {n}"}, float(n)) for n in range(1, 6))


def question(name: str, type_: QuestionType = QuestionType.TEXT, **more: Any) -> Question:
    return Question(name, type_, **{"labels": {"da": f"{name}?", "en": f"{name}, please?"}, **more})


def select(name: str, **more: Any) -> Question:
    return question(name, QuestionType.SELECT_ONE, **{"choices": DEGREE, **more})


def page(*questions: Question, relevant: str = "", name: str = "") -> Page:
    return Page(name or questions[0].name, questions, relevant=relevant)


def form(*pages: Page | Question) -> Questionnaire:
    whole = tuple(each if isinstance(each, Page) else page(each) for each in pages)
    return Questionnaire("form", {"da": "Skema", "en": "Form"}, whole, languages=("da", "en"))


def given(**values: str | Missing) -> dict[str, Answer]:
    return {
        name: Answer(missing=value) if isinstance(value, Missing) else Answer(value)
        for name, value in values.items()
    }


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Up to eight pages of up to three questions, whose relevance looks back at earlier pages."""
    pages: list[Page] = []
    earlier: list[str] = []
    for number in range(draw(st.integers(1, 8))):
        relevant = st.just("")
        if earlier:
            relevant = st.one_of(
                st.just(""), st.builds("${{{}}} > {}".format, st.sampled_from(earlier), st.integers(1, 4))
            )
        kinds = draw(st.lists(st.sampled_from(["select", "note", "text"]), min_size=1, max_size=3))
        questions = [
            select(f"q{number}_{place}", relevant=draw(relevant), required=draw(st.booleans()))
            if kind == "select"
            else question(f"q{number}_{place}", QuestionType(kind), relevant=draw(relevant))
            for place, kind in enumerate(kinds)
        ]
        pages.append(page(*questions, relevant=draw(relevant), name=f"p{number}"))
        earlier += [each.name for each in questions if each.takes_answer]
    return form(*pages)


def answers_to(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, Answer]]:
    names = [each.name for each in questionnaire.questions.values() if each.takes_answer]
    values = st.one_of(
        st.sampled_from(["1", "2", "3", "4", "5", ""]).map(Answer),
        st.sampled_from(list(Missing)).map(lambda missing: Answer(missing=missing)),
    )
    return st.dictionaries(st.sampled_from(names), values) if names else st.just({})
