"""Each thing that the checks of a build tell, with its place: on catalogs of one text."""

import pytest

from i18n.catalogs import Entry
from i18n.checks import Code
from i18n.plain_language import Severity
from i18n.stamps import stamp
from i18n.texts import Catalogs
from portal.domain.questionnaires import Page, Question, Questionnaire, QuestionType
from portal.services.text_checks import everything
from portal.services.text_checks.findings import REMEDIES, Finding, Trouble
from portal.services.text_checks.lookups import Named
from portal.services.text_checks.wordings import ANY

SOURCE = ("Hej {name}",)


def catalogs(danish: dict[str, Entry], **others: dict[str, Entry]) -> Catalogs:
    return Catalogs({"da": danish, **others})


def entry(key: str, *forms: str, stale: bool = False, former: tuple[str, ...] = ()) -> Entry:
    return Entry(key, forms, stale=stale, former=former, made_from=stamp(SOURCE), line=7)


DANISH = {"goals.a": entry("goals.a", *SOURCE)}
ENGLISH = {"goals.a": entry("goals.a", "Hi {name}")}


def test_what_citizens_would_meet_in_danish_is_told_with_its_danish() -> None:
    found = list(everything.check_entries(catalogs(DANISH, en=ENGLISH, uk={})))
    assert found == [
        Finding("i18n/uk/LC_MESSAGES/goals.po goals.a", Code.MISSING, Severity.ERROR, "Hej {name}")
    ]


def test_a_stale_text_is_told_with_what_has_changed() -> None:
    stale = {"goals.a": entry("goals.a", "Вітаю {name}", stale=True, former=("Dav {name}",))}
    found = list(everything.check_entries(catalogs(DANISH, en=ENGLISH, uk=stale)))
    place = "i18n/uk/LC_MESSAGES/goals.po:7 goals.a"
    assert found == [Finding(place, Code.STALE, Severity.ERROR, "Dav {name} -> Hej {name}")]


def test_what_staff_alone_meet_may_stand_in_danish() -> None:
    danish = {"staff.a": entry("staff.a", "Hej")}
    assert list(everything.check_entries(catalogs(danish, en={}, uk={}))) == []


def test_a_text_that_is_broken_is_told_with_its_line() -> None:
    broken = {"goals.a": entry("goals.a", "Вітаю {navn}")}
    [found] = everything.check_entries(catalogs(DANISH, en=ENGLISH, uk=broken))
    assert found.place == "i18n/uk/LC_MESSAGES/goals.po:7 goals.a"
    assert found.detail == "name, navn"


def test_a_text_that_nothing_names_and_a_name_without_a_text_are_told() -> None:
    named = Named("templates/a.html:3", "goals.b", asked=True)
    assert list(everything.check_usage(catalogs(DANISH), [named], ())) == [
        Finding("i18n/da/LC_MESSAGES/goals.po:7 goals.a", Trouble.UNUSED, Severity.WARNING, "named nowhere"),
        Finding("templates/a.html:3", Trouble.NO_SUCH_TEXT, Severity.ERROR, "goals.b"),
    ]


@pytest.mark.parametrize("loose", ["name", ANY])
def test_a_loose_value_in_a_right_to_left_text_is_told_where_it_is_put_in(loose: str) -> None:
    both = catalogs(DANISH, ar={"goals.a": entry("goals.a", "مرحبا {name}")}, uk=ENGLISH)
    named = Named("templates/a.html:3", "goals.*", asked=True, loose=frozenset({loose}))
    assert list(everything.check_directions(both, [named])) == [
        Finding("templates/a.html:3", Trouble.MIXED_DIRECTION, Severity.ERROR, "ar goals.a: name")
    ]


def test_a_value_that_is_kept_apart_is_not() -> None:
    both = catalogs(DANISH, ar={"goals.a": entry("goals.a", "مرحبا {name}")})
    named = Named("templates/a.html:3", "goals.a", asked=True, loose=frozenset({"other"}))
    assert list(everything.check_directions(both, [named])) == []


def glossary(**forms: str) -> dict[str, Entry]:
    texts = {"word": forms["forms"], "text": "x", **forms}
    return {f"glossary.mentor.{part}": entry(f"glossary.mentor.{part}", said) for part, said in texts.items()}


WITH_TERM = catalogs(
    {**glossary(forms="mentor"), "goals.a": entry("goals.a", "Din mentor")},
    pl={**glossary(forms="mentor"), "goals.a": entry("goals.a", "Twój opiekun")},
)


def test_a_term_in_two_ways_is_told() -> None:
    place = "i18n/pl/LC_MESSAGES/goals.po:7 goals.a"
    assert list(everything.check_terms(WITH_TERM)) == [
        Finding(place, Trouble.TERM, Severity.WARNING, "mentor: mentor")
    ]


def test_in_a_question_too() -> None:
    question = Question("who", QuestionType.TEXT, {"da": "Har du en mentor?", "pl": "Opiekun?"})
    form = Questionnaire("own", {"da": "Titel"}, (Page("who", (question,)),))
    assert list(everything.check_forms(WITH_TERM, [form])) == [
        Finding("questionnaire own: who", Trouble.TERM, Severity.WARNING, "pl: mentor: mentor")
    ]


def test_each_thing_that_can_be_told_has_a_remedy() -> None:
    assert {*Code, *Trouble} <= set(REMEDIES)
    assert all(REMEDIES.values())
