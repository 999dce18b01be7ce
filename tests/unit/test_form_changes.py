from dataclasses import replace

from portal.domain.form_changes import Kind, QuestionChange, compare
from portal.domain.questionnaires import Page, Question, Questionnaire, QuestionType

SLEEP = Question("sleep", QuestionType.TEXT, {"da": "Sover du?", "en": "Do you sleep?"})
WORK = Question("work", QuestionType.TEXT, {"da": "Arbejder du?", "en": "Do you work?"})


def form(*questions: Question, languages: tuple[str, ...] = ("da", "en")) -> Questionnaire:
    pages = tuple(Page(question.name, (question,)) for question in questions)
    return Questionnaire("day", {"da": "Dagen"}, pages, languages=languages)


def test_a_form_that_was_never_published_is_all_new() -> None:
    changes = compare(None, form(SLEEP, WORK))
    assert [each.kind for each in changes.questions] == [Kind.NEW, Kind.NEW]
    assert changes.languages_added == ("da", "en")


def test_the_same_form_has_no_changes() -> None:
    changes = compare(form(SLEEP), form(SLEEP))
    assert changes.is_same
    assert changes.questions == (QuestionChange("sleep", Kind.SAME),)


def test_a_new_wording_breaks_comparability_in_its_own_language_only() -> None:
    reworded = replace(SLEEP, labels={**SLEEP.labels, "en": "How is your sleep?"})
    assert compare(form(SLEEP), form(reworded)).questions == (
        QuestionChange("sleep", Kind.REWORDED, ("en",)),
    )


def test_a_new_hint_is_a_new_wording() -> None:
    hinted = replace(SLEEP, hints={"da": "Tænk på den sidste uge."})
    assert compare(form(SLEEP), form(hinted)).questions == (QuestionChange("sleep", Kind.REWORDED, ("da",)),)


def test_a_new_rule_keeps_the_answers_comparable() -> None:
    required = replace(SLEEP, required=True)
    assert compare(form(SLEEP), form(required)).questions == (QuestionChange("sleep", Kind.RULES),)


def test_a_condition_on_the_page_is_a_rule_of_its_questions() -> None:
    before = form(SLEEP)
    after = replace(before, pages=(replace(before.pages[0], relevant="1 = 1"),))
    assert compare(before, after).questions == (QuestionChange("sleep", Kind.RULES),)


def test_removed_questions_come_last_and_new_ones_in_their_place() -> None:
    changes = compare(form(SLEEP), form(WORK))
    assert [(each.name, each.kind) for each in changes.questions] == [
        ("work", Kind.NEW),
        ("sleep", Kind.REMOVED),
    ]
    assert changes.of(Kind.REMOVED) == (QuestionChange("sleep", Kind.REMOVED),)


def test_a_language_that_is_new_has_nothing_to_be_compared_with() -> None:
    danish = replace(SLEEP, labels={"da": "Sover du?"})
    changes = compare(form(danish, languages=("da",)), form(SLEEP))
    assert changes.languages_added == ("en",)
    assert changes.questions == (QuestionChange("sleep", Kind.SAME),)
    assert not changes.is_same
    assert compare(form(SLEEP), form(danish, languages=("da",))).languages_removed == ("en",)
