"""What citizens read is plain: at most 30 LIX, no threat, no long sentence, no word of the trade unexplained."""

import pytest

from i18n.catalogs import Entry
from i18n.checks import Code
from i18n.locales import DEFAULT
from i18n.plain_language import LIMIT, Concern, Severity
from i18n.texts import Catalogs, shipped_catalogs
from portal.domain.questionnaires import Page, Question, Questionnaire, QuestionType, Respondent
from portal.services import text_check
from portal.services.text_checks.findings import Finding

CATALOGS = shipped_catalogs()
PAGES = text_check.pages(CATALOGS)


def test_every_text_on_a_citizens_page_is_held_to_it() -> None:
    """A new area for citizens goes into i18n.checks.READ_BY_CITIZENS."""
    assert text_check.strangers(CATALOGS) == set()


def test_every_page_is_looked_at_and_nearly_all_have_words_to_measure() -> None:
    assert {"pages/citizen/welcome.html", "pages/citizen/home.html", "layouts/citizen.html"} <= {
        page.name for page in PAGES
    }
    assert "pages/staff/citizen_letter.html" in {page.name for page in PAGES}
    assert sum(page.measured.lix is not None for page in PAGES) >= len(PAGES) - 2


def test_a_page_is_measured_with_what_it_includes_and_with_keys_it_puts_together() -> None:
    [progression] = [page for page in PAGES if page.name == "pages/citizen/progression.html"]
    assert "citizen_home.progression.change.stagnation" in progression.keys
    assert "citizen_home.progression.scale" in progression.keys


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_is_hard_to_read(page: text_check.Page) -> None:
    assert (page.measured.lix or 0) <= LIMIT


HARD = "Kommunalbestyrelsens beskæftigelsesforvaltning meddeler afgørelsen skriftligt efter partshøring."


def made(**danish: str) -> Catalogs:
    entries = {f"citizen.{key}": Entry(f"citizen.{key}", (text,), line=7) for key, text in danish.items()}
    return Catalogs({DEFAULT: entries})


def found(text: str) -> list[tuple[str, str, str]]:
    return [(each.code, each.detail, each.place) for each in text_check.check_texts(made(a=text))]


def test_a_finding_says_where_it_is_and_what_to_do() -> None:
    [finding] = text_check.check_texts(made(a="Ellers mister du det."))
    assert finding == Finding(
        "i18n/da/LC_MESSAGES/citizen.po:7 citizen.a", Concern.THREAT, Severity.ERROR, "mister"
    )
    assert "kindly" in finding.remedy


def test_a_word_of_the_trade_that_nothing_explains_is_found() -> None:
    place = "i18n/da/LC_MESSAGES/citizen.po:7 citizen.a"
    assert found("Vi holder partshøring.") == [(Code.UNEXPLAINED, "partshøring", place)]


def test_a_hard_text_cannot_be_shipped() -> None:
    codes = [code for code, _, _ in found(" ".join([HARD] * 3))]
    assert Concern.LIX_TOO_HIGH in codes


def form(label: str, hint: str = "", respondent: Respondent = Respondent.CITIZEN) -> Questionnaire:
    question = Question("wish", QuestionType.TEXT, {"da": label}, {"da": hint} if hint else {})
    return Questionnaire("own", {"da": "Titel"}, (Page("wish", (question,)),), respondent)


@pytest.mark.parametrize(
    ("label", "code"),
    [
        (HARD.replace("partshøring", "samtale"), Concern.LIX_TOO_HIGH),
        ("Ved du, hvad en sanktion er?", Concern.THREAT),
        ("Har du fået et ressourceforløb?", Code.UNEXPLAINED),
        ("Kan du " + "og du " * 9 + "nu?", Concern.LONG_SENTENCE),
    ],
)
def test_a_form_for_citizens_is_held_to_it_too(label: str, code: str) -> None:
    findings = list(text_check.check_form(form(label), CATALOGS.glossary(DEFAULT)))
    assert code in [each.code for each in findings]
    assert all(each.place.startswith("questionnaire own") and each.remedy for each in findings)


def test_a_form_for_staff_is_not() -> None:
    staff = form(HARD, respondent=Respondent.CASEWORKER)
    assert list(text_check.check_form(staff, CATALOGS.glossary(DEFAULT))) == []
