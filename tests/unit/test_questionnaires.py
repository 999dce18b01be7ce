import json
from dataclasses import replace

from hypothesis import given as any_given

from portal.domain.questionnaires import (
    Choice,
    Questionnaire,
    QuestionType,
    Respondent,
    for_respondent,
    page_locale,
    shown_locale,
    untranslated,
    wording,
    wording_fingerprint,
)
from portal.domain.stored_forms import from_dict, to_dict
from tests.unit.questionnaire_examples import DEGREE, form, page, question, questionnaires, select


@any_given(questionnaires())
def test_a_form_comes_back_from_json_as_it_was(questionnaire: Questionnaire) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(questionnaire)))) == questionnaire


def test_every_field_survives_json() -> None:
    full = question(
        "q",
        QuestionType.RANGE,
        hints={"da": "Hint"},
        required=True,
        required_messages={"da": "Svar"},
        relevant="${a} = 1",
        constraint=". > 1",
        constraint_messages={"da": "Mere"},
        choices=(Choice("a", {"da": "A"}, None, {"colour": "red"}),),
        choice_filter="colour = 'red'",
        default="3",
        appearance="likert",
        indicator="health",
        direction=-1,
        sensitive=True,
        respondent=Respondent.CASEWORKER,
        start=1.0,
        end=5.0,
        step=0.5,
    )
    questionnaire = replace(form(page(full)), respondent=Respondent.CASEWORKER, default_language="en")
    assert from_dict(json.loads(json.dumps(to_dict(questionnaire)))) == questionnaire


def test_what_is_stored_names_every_field_so_that_no_later_default_changes_it() -> None:
    stored = to_dict(form(select("a")))
    assert stored["pages"][0]["questions"][0]["direction"] == 1
    assert stored["pages"][0]["questions"][0]["constraint"] == ""


def test_a_text_falls_back_to_the_forms_own_language_and_says_so() -> None:
    texts = {"da": "Hej", "en": "Hello"}
    assert wording(texts, "en", "da") == ("Hello", "en")
    assert wording(texts, "ar", "da") == ("Hej", "da")
    assert wording({}, "ar", "da") == ("", "da")


def test_a_question_is_shown_in_one_language_with_its_choices_or_in_the_forms_own() -> None:
    half = (*DEGREE[:4], replace(DEGREE[4], labels={"da": "fem"}))
    assert shown_locale(select("a"), "en", "da") == "en"
    assert shown_locale(select("a", choices=half), "en", "da") == "da"
    assert shown_locale(select("a", labels={"da": "a?"}), "en", "da") == "da"


def test_a_fingerprint_holds_while_nothing_that_is_read_changes() -> None:
    before = select("a", hints={"da": "Tænk efter"})
    after = replace(before, required=True, indicator="other", sensitive=True)
    assert wording_fingerprint(before, "da") == wording_fingerprint(after, "da")


def test_a_fingerprint_changes_with_label_hint_or_any_choice_in_that_language_only() -> None:
    before = select("a", hints={"da": "Tænk efter"})
    other_choice = (replace(DEGREE[0], labels={**DEGREE[0].labels, "da": "slet slet ikke"}), *DEGREE[1:])
    for after in (
        replace(before, labels={**before.labels, "da": "Nyt?"}),
        replace(before, hints={"da": "Svar hurtigt"}),
        replace(before, choices=other_choice),
        replace(before, choices=tuple(reversed(DEGREE))),
        replace(before, choices=DEGREE[:4]),
    ):
        assert wording_fingerprint(before, "da") != wording_fingerprint(after, "da")
    assert wording_fingerprint(before, "en") == wording_fingerprint(
        replace(before, choices=other_choice), "en"
    )


def test_each_respondent_has_her_part_of_a_form() -> None:
    theirs = select("b", respondent=Respondent.CASEWORKER)
    whole = form(page(select("a"), theirs, name="both"), page(theirs, name="theirs"))
    assert [each.name for each in for_respondent(whole, Respondent.CITIZEN).pages] == ["both"]
    assert list(for_respondent(whole, Respondent.CITIZEN).questions) == ["a"]
    assert [each.name for each in for_respondent(whole, Respondent.CASEWORKER).pages] == ["both", "theirs"]


def test_a_page_is_found_by_its_name() -> None:
    questionnaire = form(select("a"))
    assert questionnaire.page("a") is questionnaire.pages[0]
    assert questionnaire.page("nobody") is None


def test_a_page_stands_in_a_language_only_when_all_of_it_does() -> None:
    whole = page(select("a"), select("b"))
    hint = page(select("a", hints={"da": "Tænk efter"}), select("b"))
    scale = page(select("a", choices=(*DEGREE[:4], replace(DEGREE[4], labels={"da": "fem"}))))
    heading = replace(whole, labels={"da": "Hverdag", "en": ""})
    told = page(select("a", required_messages={"da": "Vælg et svar"}))
    assert page_locale(whole, "en", "da") == "en"
    for partly in (hint, scale, heading, told):
        assert page_locale(partly, "en", "da") == "da"


def test_what_a_form_lacks_in_a_language_is_told_once_in_its_own() -> None:
    questionnaire = form(select("a", hints={"da": "Tænk efter"}), select("b", hints={"da": "Tænk efter"}))
    assert untranslated(questionnaire, "en") == ("Tænk efter",)
    assert untranslated(questionnaire, "da") == ()
    assert untranslated(questionnaire, "so")[:3] == ("Skema", "a?", "Tænk efter")
