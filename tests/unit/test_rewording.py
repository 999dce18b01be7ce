from dataclasses import replace

from portal.domain.questionnaires import Choice, Page, Question, Questionnaire, QuestionType
from portal.domain.rewording import Lack, Rewording, current, lacks, reword, sharing

DEGREE = (Choice("1", {"da": "slet ikke", "en": "not at all"}), Choice("2", {"da": "helt", "en": "fully"}))
SLEEP = Question("sleep", QuestionType.SELECT_ONE, {"da": "Sover du?", "en": "Do you sleep?"}, choices=DEGREE)
WORK = replace(SLEEP, name="work", labels={"da": "Arbejder du?"}, hints={"da": "Alt tæller.", "en": "All."})
OTHER = replace(WORK, name="other", choices=(Choice("1", {"da": "ja"}), Choice("2", {"da": "nej"})))
FORM = Questionnaire(
    "day",
    {"da": "Dagen"},
    tuple(Page(each.name, (each,)) for each in (SLEEP, WORK, OTHER)),
    languages=("da", "en"),
)
NEW = Rewording("Sover du godt?", "", {"1": "nej", "2": "ja"})


def test_the_current_wording_changes_nothing() -> None:
    for question in FORM.questions.values():
        for locale in FORM.languages:
            assert reword(FORM, question.name, locale, current(question, locale)) == replace(FORM)


def test_the_question_and_its_choices_get_the_new_words_in_one_language() -> None:
    question = reword(FORM, "sleep", "da", NEW).questions["sleep"]
    assert question.labels == {"da": "Sover du godt?", "en": "Do you sleep?"}
    assert [choice.labels for choice in question.choices] == [
        {"da": "nej", "en": "not at all"},
        {"da": "ja", "en": "fully"},
    ]


def test_a_scale_reads_the_same_in_every_question_that_shares_it() -> None:
    form = reword(FORM, "sleep", "da", NEW)
    assert sharing(FORM, SLEEP) == ("sleep", "work")
    assert form.questions["work"].choices == form.questions["sleep"].choices
    assert form.questions["work"].labels == WORK.labels
    assert form.questions["other"] == OTHER


def test_an_empty_hint_takes_the_hint_of_that_language_away() -> None:
    wording = replace(current(WORK, "en"), label="Do you work?", hint="")
    assert reword(FORM, "work", "en", wording).questions["work"].hints == {"da": "Alt tæller."}


def test_a_question_and_its_choices_must_say_something() -> None:
    assert lacks(FORM, SLEEP, "da", Rewording("", "", {"1": "ja", "2": ""})) == (Lack.LABEL, Lack.CHOICE)
    assert lacks(FORM, SLEEP, "da", Rewording("Sover du?", "", {"1": "ja"})) == (Lack.CHOICE,)
    assert lacks(FORM, SLEEP, "da", NEW) == ()


def test_a_hint_that_other_languages_have_must_stand_in_the_forms_own() -> None:
    assert lacks(FORM, WORK, "da", replace(NEW, hint="")) == (Lack.HINT,)
    assert lacks(FORM, WORK, "en", replace(NEW, hint="")) == ()


def test_a_reference_to_another_answer_is_not_supported_in_a_text() -> None:
    assert lacks(FORM, SLEEP, "da", replace(NEW, label="Hej ${name}")) == (Lack.REFERENCE,)
