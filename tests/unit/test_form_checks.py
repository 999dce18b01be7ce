import pytest

from i18n.form_checks import Fault, flaws
from i18n.locales import LOCALES

DA, AR, PL = LOCALES["da"], LOCALES["ar"], LOCALES["pl"]


def faults(source: str, form: str) -> list[Fault]:
    return [flaw.fault for flaw in flaws((source,), (form,), plural=False, locale=PL)]


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("Hej {name}", "Witaj {name}"),
        ("{a} og {b}", "{b} i {a}, {a}"),
        ("Skriv <strong>ikke</strong>", "<strong>Nie</strong> pisz"),
        ("Et<br>to", "Raz<br>dwa"),
        ("3 < 5 & 5 > 3", "3 < 5"),
    ],
)
def test_a_form_with_the_sources_placeholders_and_tags_fits(source: str, form: str) -> None:
    assert faults(source, form) == []


@pytest.mark.parametrize("form", ["Witaj", "Witaj {imie}", "Witaj {name} {name2}"])
def test_a_placeholder_lost_renamed_or_new_is_a_fault(form: str) -> None:
    assert faults("Hej {name}", form) == [Fault.PLACEHOLDERS]


@pytest.mark.parametrize(
    "form", ["{name} {", "{name} {name.__class__}", "{name} {0}", "{name}}", "{name} {Name}"]
)
def test_anything_else_in_braces_is_a_broken_placeholder(form: str) -> None:
    assert faults("Hej {name}", form) == [Fault.BROKEN_PLACEHOLDER]


@pytest.mark.parametrize(
    "form",
    [
        "x",
        "<strong>x",
        "x</strong><strong>",
        "<em>x</em>",
        "<strong onclick=y>x</strong>",
        "<strong>x</strong><script>",
        "<strong>x</strong><img src=y",
    ],
)
def test_other_tags_than_the_sources_are_a_fault(form: str) -> None:
    assert faults("<strong>x</strong>", form) == [Fault.MARKUP]


@pytest.mark.parametrize("text", ["<a href=x>y</a>", "<strong><em>x</strong></em>", "<script>"])
def test_danish_itself_may_hold_bare_well_formed_tags_only(text: str) -> None:
    assert [flaw.fault for flaw in flaws((text,), (text,), plural=False, locale=DA)] == [Fault.MARKUP]


def test_a_counting_text_has_one_form_for_each_category_of_its_language() -> None:
    source = ("{n} dag", "{n} dage")
    assert flaws(source, (*"abcde", "{n}"), plural=True, locale=AR) == ()
    [flaw] = flaws(source, ("{n} dzień", "{n} dni"), plural=True, locale=PL)
    assert (flaw.fault, flaw.detail) == (Fault.PLURAL_COUNT, "2/3")
    [flaw] = flaws(source, ("{n} dzień", "{n} dni", " "), plural=True, locale=PL)
    assert flaw.fault is Fault.PLURAL_COUNT


def test_only_the_count_may_be_left_out_of_a_form() -> None:
    source = ("{name}: {n} dag", "{name}: {n} dage")
    assert flaws(source, ("{name}: en dag", "{name}: {n} dage"), plural=True, locale=DA) == ()
    [flaw] = flaws(source, ("{n} dag", "{name}: {n} dage"), plural=True, locale=DA)
    assert (flaw.fault, flaw.detail) == (Fault.PLACEHOLDERS, "name")
