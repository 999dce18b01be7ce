"""What an import understands: the same form in three kinds of files, and the forms that we ship."""

import re
from pathlib import Path

import pytest

from portal.domain.questionnaires import Questionnaire, QuestionType, Respondent
from portal.services.xlsform.importing import import_form
from portal.services.xlsform.problems import ImportedForm
from tests.xlsform_files import CHOICES, SETTINGS, SURVEY, Cells, as_csv, as_markdown, as_xlsx, form

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "portal" / "content" / "questionnaires").iterdir())
DOCUMENT = ROOT / "docs" / "questionnaires.md"


def imported(data: bytes, filename: str = "form.xlsx") -> Questionnaire:
    result = import_form(data, filename)
    assert isinstance(result, ImportedForm), result
    return result.questionnaire


def example() -> Questionnaire:
    [block] = re.findall(r"```markdown\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    return imported(block.encode(), "example.md")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_form_imports_without_a_problem(path: Path) -> None:
    assert imported(path.read_bytes(), path.name).key == path.stem


FULL = form(
    survey=[
        (
            *(
                "type",
                "name",
                "label::Dansk (da)",
                "label::English (en)",
                "hint",
                "required",
                "required_message",
            ),
            *("relevant", "constraint", "constraint_message", "choice_filter", "default", "appearance"),
            *("parameters", "indicator", "direction", "sensitive", "respondent"),
        ),
        ("note", "hello", "Hej | du", "Hello"),
        ("begin_group", "both", "Begge", "Both"),
        (
            *(
                "select_one degree",
                "health",
                "Kan du klare din dag?",
                "Can you manage your day?",
                "Nu",
                "yes",
                "Svar",
            ),
            *("", ". != 9", "Ikke 9", "shade = 'dark'", 2, "likert", "", "health", -1, "yes", "caseworker"),
        ),
        ("range", "energy", "Energi?", "Energy?", *[""] * 9, "start=1 end=3 step=0.5"),
        ("end_group",),
        ("decimal", "hours", "Timer?", "Hours?", "", "no", "", "${energy} > 1"),
    ],
    choices=[(*CHOICES[0], "shade"), *((*row, "dark") for row in CHOICES[1:])],
)


def test_a_form_is_the_same_from_every_kind_of_file() -> None:
    whole = imported(as_xlsx(FULL))
    assert imported(as_csv(FULL), "form.csv") == whole
    assert imported(as_csv(FULL, delimiter=";"), "form.csv") == whole
    assert imported(b"\xef\xbb\xbf" + as_csv(FULL), "FORM.CSV") == whole
    assert imported(b"# A title\n\nSome words.\n\n" + as_markdown(FULL), "form.md") == whole
    assert imported(as_markdown(FULL).replace(b"\n", b"\r\n"), "form.md") == whole


def test_every_column_arrives() -> None:
    questionnaire = imported(as_xlsx(FULL))
    health = questionnaire.questions["health"]
    assert health.type is QuestionType.SELECT_ONE
    assert health.labels == {"da": "Kan du klare din dag?", "en": "Can you manage your day?"}
    assert health.hints == {"da": "Nu"}
    assert (health.required, health.required_messages) == (True, {"da": "Svar"})
    assert (health.constraint, health.constraint_messages) == (". != 9", {"da": "Ikke 9"})
    assert (health.choice_filter, health.default, health.appearance) == ("shade = 'dark'", "2", "likert")
    assert (health.indicator, health.direction, health.sensitive) == ("health", -1, True)
    assert health.respondent is Respondent.CASEWORKER
    first = health.choices[0]
    assert (first.name, first.score, first.attributes["shade"]) == ("1", 1.0, "dark")
    assert first.labels == {"da": "slet ikke", "en": "not at all"}
    energy, hours = questionnaire.questions["energy"], questionnaire.questions["hours"]
    assert (energy.start, energy.end, energy.step, energy.required) == (1.0, 3.0, 0.5, False)
    assert (hours.type, hours.relevant, hours.direction) == (QuestionType.DECIMAL, "${energy} > 1", 1)
    assert questionnaire.questions["hello"].labels["da"] == "Hej | du"


def test_a_group_is_a_page_and_a_question_outside_is_one_by_itself() -> None:
    pages = imported(as_xlsx(FULL)).pages
    assert [(page.name, len(page.questions)) for page in pages] == [("hello", 1), ("both", 2), ("hours", 1)]
    assert pages[1].labels == {"da": "Begge", "en": "Both"}


def test_settings_say_what_the_form_is() -> None:
    questionnaire = imported(as_xlsx(FULL))
    assert questionnaire.key == "small"
    assert questionnaire.titles == {"da": "En lille en", "en": "A small one"}
    assert (questionnaire.default_language, questionnaire.languages) == ("da", ("da", "en"))
    assert questionnaire.respondent is Respondent.CITIZEN


def test_the_forms_respondent_is_that_of_every_question_without_its_own() -> None:
    settings = [(*SETTINGS[0], "respondent"), (*SETTINGS[1], "caseworker")]
    questionnaire = imported(as_xlsx(form(settings=settings)))
    assert questionnaire.respondent is Respondent.CASEWORKER
    assert {question.respondent for question in questionnaire.questions.values()} == {Respondent.CASEWORKER}


def test_a_column_without_a_language_is_in_the_forms_own() -> None:
    sheets = form(
        survey=[("type", "name", "label", "label::da"), ("text", "a", "What?", "Hvad?")],
        choices=[],
        settings=[("form_id", "form_title", "default_language"), ("a", "Title", "English (en)")],
    )
    questionnaire = imported(as_xlsx(sheets))
    assert questionnaire.default_language == "en"
    assert questionnaire.titles == {"en": "Title"}
    assert questionnaire.questions["a"].labels == {"en": "What?", "da": "Hvad?"}


@pytest.mark.parametrize("settings", [[row[:2] for row in SETTINGS], [SETTINGS[0], SETTINGS[1][:2]]])
def test_a_form_that_names_no_language_is_danish(settings: list[Cells]) -> None:
    assert imported(as_xlsx(form(settings=settings))).default_language == "da"


def test_a_translation_may_be_partial() -> None:
    sheets = form(survey=[SURVEY[0], SURVEY[1], ("text", "more", "Vil du sige mere?", "")])
    assert imported(as_xlsx(sheets)).questions["more"].labels == {"da": "Vil du sige mere?"}


def test_a_form_without_choices_needs_no_choices_sheet() -> None:
    sheets = {"survey": [SURVEY[0], SURVEY[2]], "settings": SETTINGS}
    assert list(imported(as_xlsx(sheets)).questions) == ["more"]


def test_a_group_in_the_standards_one_page_style_is_a_page() -> None:
    survey = [
        ("type", "name", "label", "appearance"),
        ("begin group", "g", "", "field-list"),
        ("text", "a", "Hvad?"),
        ("end group", "g"),
    ]
    assert [page.name for page in imported(as_xlsx(form(survey=survey))).pages] == ["g"]


def test_the_example_in_the_document_imports_and_shows_every_type_it_speaks_of() -> None:
    questionnaire = example()
    assert questionnaire.key == "my_week"
    shown = {question.type for question in questionnaire.questions.values()}
    assert shown == set(QuestionType) - {QuestionType.INTEGER, QuestionType.DECIMAL}


def test_the_document_names_every_column_and_every_function_that_works() -> None:
    from portal.domain.expressions import ARGUMENTS
    from portal.services.xlsform.headings import PLAIN, TRANSLATED

    text = DOCUMENT.read_text(encoding="utf-8")
    columns = {column for table in (PLAIN, TRANSLATED) for names in table.values() for column in names}
    for name in columns | ARGUMENTS.keys():
        assert re.search(rf"`{re.escape(name)}(\(\))?[ `]", text), name
