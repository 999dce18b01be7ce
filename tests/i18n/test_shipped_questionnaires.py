"""The questionnaires that ship with the product are whole XLSForms; the citizens' in every language."""

import re
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2json_backends import md_to_dict
from pyxform.xls2xform import convert

from i18n.locales import LOCALES
from i18n.plain_language import TARGET, check, readability
from portal.domain.questionnaires import Questionnaire, Respondent, untranslated
from portal.services.publishing import shipped_forms

FOLDER = Path(__file__).parents[2] / "portal" / "content" / "questionnaires"
DANISH, ENGLISH = "Dansk (da)", "English (en)"
QUESTIONS = {
    "progression_citizen": 12,  # eleven, and the channels of the fourth
    "progression_caseworker": 9,
    "screening_sick_leave": 60,
    "screening_cash_30plus": 60,
    "screening_under_30": 60,
    "evaluation_company": 10,
    "evaluation_mentor": 10,
    "evaluation_sick_leave": 10,
    "own_agenda": 3,
}
SCREENINGS = [key for key in QUESTIONS if key.startswith("screening")]
EVALUATIONS = [key for key in QUESTIONS if key.startswith("evaluation")]
PROGRESSION = {
    "health_coping": "Kan du få din hverdag til at fungere med det helbred, du har?",
    "belief_in_work": "Tror du, at du kan klare et arbejde – også få timer?",
    "cooperation": "Har du let ved at arbejde sammen med andre?",
    "job_search": "Hvor ofte har du søgt job den sidste måned?",
    "job_search_channels": "Hvordan har du søgt job?",
    "wage_demand": "Vil du tage et job, hvor du kun får lidt mere end i dag?",
    "everyday_coping": "Får du gjort de ting, du skal, på en almindelig dag?",
    "network": "Har du nogen, der hjælper dig, når noget er svært?",
    "purpose": "Ved du, hvad dit næste skridt er?",
    "job_knowledge": "Ved du, hvilke job du kan bruge det, du kan, til?",
    "money": "Er du rolig, når du tænker på dine penge?",
    "change": "Siden sidst:",
}
# What only one variant may say in its own words; all else that is shared is shared word for word.
OWN_WORDS = {"transport_minutes", "home_time", "network_work", "worries", "job_search"}

Row = dict[str, str]

every_form = pytest.mark.parametrize("key", QUESTIONS)


def sheets(key: str) -> dict[str, Any]:
    book: dict[str, Any] = md_to_dict((FOLDER / f"{key}.md").read_text(encoding="utf-8"))
    return book


def questions(key: str) -> list[Row]:
    """The rows that take an answer."""
    passive = {"note", "begin_group", "end_group"}
    return [row for row in sheets(key)["survey"] if row["type"] not in passive]


def choices(key: str, list_name: str) -> list[Row]:
    return [row for row in sheets(key)["choices"] if row["list_name"] == list_name]


def indicators(key: str) -> list[str]:
    return [row["indicator"] for row in questions(key) if "indicator" in row]


def texts_in_one_language(row: Row) -> list[str]:
    """The columns that have a text in one of the two languages and not in the other."""
    kinds = {column.split("::")[0] for column in row if "::" in column}
    return [kind for kind in kinds if (f"{kind}::{DANISH}" in row) != (f"{kind}::{ENGLISH}" in row)]


def test_the_folder_holds_these_forms_and_no_other() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(QUESTIONS)


@every_form
def test_pyxform_takes_the_form_without_a_warning(key: str) -> None:
    book = sheets(key)
    # XForms has one title; ours are translated, in columns that pyxform cannot write.
    book["settings"] = [{"form_title": key, "form_id": key, "default_language": DANISH}]
    book["settings_header"] = [dict.fromkeys(book["settings"][0])]
    warnings: list[str] = []
    assert convert(book, warnings=warnings).xform
    assert warnings == []


@every_form
def test_the_form_asks_as_many_questions_as_it_should(key: str) -> None:
    assert len(questions(key)) == QUESTIONS[key]


@every_form
def test_the_form_knows_its_key_its_titles_and_its_respondent(key: str) -> None:
    (settings,) = sheets(key)["settings"]
    assert settings["form_id"] == key
    assert settings["default_language"] == DANISH
    assert settings[f"form_title::{DANISH}"] and settings[f"form_title::{ENGLISH}"]
    assert settings["respondent"] == ("caseworker" if key.endswith("caseworker") else "citizen")


@every_form
def test_every_text_stands_in_both_languages(key: str) -> None:
    book = sheets(key)
    for row in [*book["survey"], *book.get("choices", [])]:
        assert texts_in_one_language(row) == [], row
    for row in [*questions(key), *book.get("choices", [])]:
        assert row[f"label::{DANISH}"] and row[f"label::{ENGLISH}"]


@every_form
def test_names_are_valid_and_stand_once(key: str) -> None:
    book = sheets(key)
    names = [row["name"] for row in book["survey"] if "name" in row]
    options = [(row["list_name"], row["name"]) for row in book.get("choices", [])]
    assert len(names) == len(set(names)) and len(options) == len(set(options))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_]*", name) for _, name in options)


@every_form
def test_no_choice_stands_for_what_every_question_already_offers(key: str) -> None:
    labels = {row[f"label::{DANISH}"].lower() for row in sheets(key).get("choices", [])}
    assert labels.isdisjoint({"ved ikke", "det ved jeg ikke", "vil ikke svare"})


@every_form
def test_a_question_has_at_most_fifteen_words(key: str) -> None:
    for row in questions(key):
        for language in (DANISH, ENGLISH):
            assert len(row[f"label::{language}"].split()) <= 15, row["name"]


def danish_reading(row: Row) -> str:
    """What is read before the answer; a label without a stop of its own gets one."""
    label, hint = row[f"label::{DANISH}"], row.get(f"hint::{DANISH}", "")
    return f"{label if label[-1] in '.?!' else label + '.'} {hint}".strip()


@every_form
def test_the_danish_of_a_form_is_easy_and_threatens_nobody(key: str) -> None:
    text = "\n".join(danish_reading(row) for row in sheets(key)["survey"] if f"label::{DANISH}" in row)
    lix = readability(text).lix
    assert lix is not None and lix <= TARGET
    assert check(text) == ()


@pytest.mark.parametrize("key", sorted(QUESTIONS.keys() - {"progression_caseworker"}))
def test_every_single_question_to_the_citizen_is_easy_to_read(key: str) -> None:
    for row in questions(key):
        lix = readability(danish_reading(row)).lix
        assert lix is not None and lix <= TARGET, (lix, danish_reading(row))


@every_form
def test_a_sensitive_question_to_the_citizen_says_why_it_is_asked(key: str) -> None:
    for row in questions(key):
        if row.get("sensitive") == "yes":
            assert row.get(f"hint::{DANISH}"), row["name"]


@every_form
def test_choices_are_required_and_free_texts_are_not(key: str) -> None:
    for row in questions(key):
        chosen = row["type"].startswith("select")
        assert not chosen or row["required"] == "yes", row["name"]
        assert row["type"] != "text" or row["required"] == "no", row["name"]


@every_form
def test_a_scale_has_five_steps_with_scores_and_a_direction(key: str) -> None:
    scales = [row for row in questions(key) if row.get("appearance") == "likert"]
    for row in scales:
        scores = [option["score"] for option in choices(key, row["type"].split()[1])]
        assert scores == (["-2", "-1", "0", "1", "2"] if row["name"] == "change" else list("12345"))
        assert row["indicator"] and row["direction"] in {"1", "-1"}


@every_form
def test_questions_that_share_an_indicator_point_the_same_way(key: str) -> None:
    ways: dict[str, set[tuple[str, str]]] = {}
    for row in questions(key):
        if "direction" in row:
            ways.setdefault(row["indicator"], set()).add((row["direction"], row.get("sensitive", "no")))
    assert [indicator for indicator, found in ways.items() if len(found) > 1] == []


@pytest.mark.parametrize("key", sorted(QUESTIONS.keys() - {"progression_caseworker"}))
def test_a_form_for_citizens_stands_whole_in_each_language_that_it_has(key: str) -> None:
    book = sheets(key)
    kinds = {column for row in book["survey"] for column in row if column.startswith("label::")}
    for language in (column.partition("::")[2] for column in kinds):
        for row in [*book["survey"], *book.get("choices", []), *book["settings"]]:
            for kind in ("label", "hint", "constraint_message", "required_message", "form_title"):
                assert (f"{kind}::{language}" in row) == (f"{kind}::{DANISH}" in row), (row, language)


def test_the_citizen_is_asked_the_eleven_in_our_own_words_and_order() -> None:
    asked = {row["indicator"]: row[f"label::{DANISH}"] for row in questions("progression_citizen")}
    assert asked == PROGRESSION
    assert list(asked) == list(PROGRESSION)


def test_channels_are_asked_only_of_one_who_has_looked_for_a_job() -> None:
    relevant = {row["name"]: row["relevant"] for row in questions("progression_citizen") if "relevant" in row}
    assert relevant == {"job_search_channels": "${job_search} > 1"}


def test_only_the_wage_demand_stands_outside_every_average() -> None:
    sensitive = {row["name"] for row in questions("progression_citizen") if row.get("sensitive") == "yes"}
    assert sensitive == {"wage_demand"}


def test_the_caseworker_judges_the_same_indicators_and_two_of_her_own() -> None:
    hers = indicators("progression_caseworker")
    assert hers[-2:] == ["caseworker_belief", "caseworker_purposeful"]
    assert set(hers[:-2]) < set(PROGRESSION)
    assert {row["respondent"] for row in questions("progression_caseworker")} == {"caseworker"}


def test_both_halves_answer_on_the_same_scale() -> None:
    hers = choices("progression_caseworker", "degree")
    theirs = [{column: row[column] for column in hers[0]} for row in choices("progression_citizen", "degree")]
    assert theirs == hers


def test_the_screenings_share_fifty_questions_word_for_word() -> None:
    forms = [{row["name"]: row for row in questions(key)} for key in SCREENINGS]
    shared = set.intersection(*(set(form) for form in forms))
    assert len(shared) == 50
    for name in shared - OWN_WORDS:
        assert forms[0][name] == forms[1][name] == forms[2][name]


@pytest.mark.parametrize("key", EVALUATIONS)
def test_an_evaluation_is_five_statements_each_with_a_comment_on_its_page(key: str) -> None:
    kinds = [row["type"] for row in sheets(key)["survey"]]
    assert kinds == ["begin_group", "select_one agree", "text", "end_group"] * 5
    assert [row["score"] for row in choices(key, "agree")] == list("12345")


@pytest.mark.parametrize(
    "form", [f for f in shipped_forms() if f.respondent is Respondent.CITIZEN], ids=lambda f: f.key
)
def test_a_citizens_form_stands_whole_in_every_language(form: Questionnaire) -> None:
    assert set(form.languages) == set(LOCALES)
    assert {code: untranslated(form, code) for code in LOCALES if untranslated(form, code)} == {}
