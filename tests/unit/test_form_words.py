"""A form explains a word where everybody meets it first, and never in each step anew."""

from __future__ import annotations

from i18n.glossary import Glossary
from portal.domain.questionnaires import Choice, Page, Question, Questionnaire, QuestionType
from portal.web.form_words import Found, find

GLOSSARY = Glossary({"mentor": "mentor", "journal": "journal"})


def question(name: str, label: str, hint: str = "", choice: str = "", relevant: str = "") -> Question:
    choices = (Choice("a", {"da": choice}),) if choice else ()
    hints = {"da": hint} if hint else {}
    return Question(name, QuestionType.SELECT_ONE, {"da": label}, hints, choices=choices, relevant=relevant)


def found(*questions: Question, relevant: str = "") -> dict[str, Found]:
    pages = tuple(
        Page(each.name, (each,), relevant="" if place else relevant) for place, each in enumerate(questions)
    )
    return dict(find(Questionnaire("f", {"da": "x"}, pages), "da", GLOSSARY))


def test_a_word_is_explained_by_the_first_question_that_has_it() -> None:
    assert found(question("a", "Din mentor?"), question("b", "Din mentor og journal?")) == {
        "a": Found(("mentor",)),
        "b": Found(("journal",)),
    }


def test_a_word_in_a_hint_belongs_to_the_question_and_one_in_a_choice_to_the_choices() -> None:
    assert found(question("a", "Hvem?", hint="Din mentor", choice="journal")) == {
        "a": Found(("mentor",), ("journal",))
    }
    assert found(question("a", "Din mentor?", choice="En mentor")) == {"a": Found(("mentor",))}


def test_what_some_people_skip_leaves_its_words_to_be_explained_again() -> None:
    both = {"a": Found(("mentor",)), "b": Found(("mentor",))}
    later = question("b", "Din mentor?")
    assert found(question("a", "Din mentor?", relevant="1 = 2"), later) == both
    assert found(question("a", "Din mentor?"), later, relevant="1 = 2") == both


def test_a_form_without_such_words_explains_nothing() -> None:
    assert found(question("a", "Hvordan går det?", choice="Godt")) == {}
