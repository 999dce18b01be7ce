from portal.domain.questionnaires import Choice, Page, Question, Questionnaire, QuestionType
from portal.domain.scale_checks import ScaleFault, ScaleFlaw, scale_flaws

YES, NO = {"da": "Ja", "en": "Yes"}, {"da": "Nej", "en": "No"}


def form(key: str, *scales: tuple[dict[str, str], ...]) -> Questionnaire:
    questions = tuple(
        Question(
            f"q{number}",
            QuestionType.SELECT_ONE,
            {"da": "Ja?"},
            choices=tuple(Choice(f"c{i}", labels) for i, labels in enumerate(scale)),
        )
        for number, scale in enumerate(scales)
    )
    return Questionnaire(key, {"da": "Titel"}, (Page("all", questions),))


def test_a_scale_that_reads_the_same_everywhere_is_in_order() -> None:
    assert list(scale_flaws([form("a", (YES, NO), (YES, NO)), form("b", (YES, NO))])) == []


def test_one_scale_in_two_wordings_is_found_also_between_forms() -> None:
    other = {"da": "Nej", "en": "Not at all"}
    assert list(scale_flaws([form("a", (YES, NO)), form("b", (YES, other))])) == [
        ScaleFlaw("b", "q0", "en", ScaleFault.TWO_WORDINGS, "Not at all / No")
    ]


def test_another_scale_may_say_the_same_word_in_another_way() -> None:
    maybe = {"da": "Måske", "en": "Maybe"}
    assert list(scale_flaws([form("a", (YES, NO), ({"da": "Ja", "en": "Yeah"}, maybe))])) == []


def test_a_scale_that_is_partly_translated_is_found() -> None:
    assert list(scale_flaws([form("a", (YES, {"da": "Nej"}))])) == [
        ScaleFlaw("a", "q0", "en", ScaleFault.PARTLY_TRANSLATED, "Nej")
    ]


def test_a_scale_that_a_language_lacks_altogether_is_not_partly_translated() -> None:
    assert list(scale_flaws([form("a", ({"da": "Ja"}, {"da": "Nej"}))])) == []
