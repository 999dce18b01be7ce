"""What of a file is taken, what stays open, and what refuses the whole of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from i18n.catalogs import Status
from i18n.exchange.judging import Accepted, Change, Remark
from i18n.exchange.units import FileRead, Incoming, Place, Reason, Refused, Rejected, Unit
from i18n.form_checks import Fault
from i18n.locales import LOCALES
from tests.unit.exchange.texts import DAYS, HELLO, LOUD, UNITS, codes, judged

AT = Place(line=7)
GOOD = Incoming("citizen.hello", ("Dzień dobry {name}",), AT)
COUNTED = Incoming("citizen.days", ("{n} dzień", "{n} dni", "{n} dni"), AT, plural=True)
MENDED = Incoming("citizen.loud", ("Odpowiedz <strong>teraz</strong>",), AT)
ARABIC = Unit("citizen.hello", ("Hej {name}",))


def one(*incoming: Incoming, language: str = "pl", **changes: object) -> Accepted | Rejected:
    return judged(FileRead(language, tuple(replace(each, **changes) for each in incoming)))  # type: ignore[arg-type]


def changes(found: Accepted | Rejected) -> list[tuple[str, Status]]:
    assert isinstance(found, Accepted)
    return [(change.key, change.status) for change in found.changes]


def left_out(found: Accepted | Rejected) -> list[str]:
    assert isinstance(found, Accepted)
    assert found.changes == ()
    return [each.code for each in found.left_out]


def test_a_new_wording_is_a_change_with_its_place_and_is_a_draft() -> None:
    assert one(GOOD) == Accepted((Change("citizen.hello", GOOD.forms, AT, Status.DRAFT),), ())


def test_a_wording_that_is_already_ours_is_no_change() -> None:
    assert changes(one(GOOD, forms=HELLO.target)) == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (Status.MACHINE_DRAFT, Status.DRAFT),
        (Status.DRAFT, Status.DRAFT),
        (Status.BACK_CHECKED, Status.BACK_CHECKED),
        (Status.NATIVE_APPROVED, Status.BACK_CHECKED),
        (None, Status.DRAFT),
    ],
)
def test_a_file_brings_a_new_wording_as_far_as_back_checked_and_approves_nothing(
    said: Status | None, kept: Status
) -> None:
    assert changes(one(GOOD, status=said)) == [("citizen.hello", kept)]


def test_a_status_left_as_it_was_over_a_new_wording_says_nothing() -> None:
    checked = replace(HELLO, status=Status.BACK_CHECKED)
    found = judged(FileRead("pl", (replace(GOOD, status=Status.BACK_CHECKED),)), (checked,))
    assert changes(found) == [("citizen.hello", Status.DRAFT)]


def test_a_raised_status_alone_is_a_change_and_a_lowered_one_is_none() -> None:
    assert changes(one(GOOD, forms=HELLO.target, status=Status.BACK_CHECKED)) == [
        ("citizen.hello", Status.BACK_CHECKED)
    ]
    assert changes(one(GOOD, forms=HELLO.target, status=Status.MACHINE_DRAFT)) == []


def test_a_machines_wording_for_a_text_that_had_none_stays_a_machines() -> None:
    assert changes(one(COUNTED, status=Status.MACHINE_DRAFT)) == [("citizen.days", Status.MACHINE_DRAFT)]


def test_a_stale_wording_that_is_said_to_fit_is_fresh_again() -> None:
    assert changes(one(MENDED, forms=LOUD.target)) == [("citizen.loud", Status.DRAFT)]


def test_a_stale_wording_that_nobody_has_touched_stays_stale() -> None:
    assert left_out(one(MENDED, forms=LOUD.target, sent_stale=True)) == [Reason.STILL_STALE]
    assert changes(one(MENDED, sent_stale=True)) == [("citizen.loud", Status.DRAFT)]


def test_what_the_translator_has_left_open_stays_out_however_broken_and_the_rest_is_taken() -> None:
    broken = replace(MENDED, forms=("<em>",), left_open=True)
    empty = replace(COUNTED, forms=("", " ", ""))
    found = one(broken, GOOD, empty)
    assert isinstance(found, Accepted)
    assert [change.key for change in found.changes] == ["citizen.hello"]
    assert [(each.code, each.values["key"]) for each in found.left_out] == [
        (Reason.LEFT_OPEN, "citizen.loud"),
        (Reason.NOT_TRANSLATED, "citizen.days"),
    ]


def test_a_text_made_from_danish_that_has_changed_since_stays_out() -> None:
    assert left_out(one(GOOD, source=("Hej med dig {name}",))) == [Reason.SOURCE_CHANGED]


def test_danish_that_a_program_has_wrapped_anew_is_the_same_danish() -> None:
    assert changes(one(GOOD, source=("Hej\n {name} ",))) == [("citizen.hello", Status.DRAFT)]


def test_danish_may_stand_form_by_form_or_beside_each_form_of_the_language() -> None:
    assert DAYS.beside(LOCALES["pl"]) == ("{n} dag", "{n} dage", "{n} dage")
    for source in (DAYS.source, DAYS.beside(LOCALES["pl"])):
        assert changes(one(COUNTED, source=source)) == [("citizen.days", Status.DRAFT)]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (replace(GOOD, forms=("Witaj {imie}",)), Fault.PLACEHOLDERS),
        (replace(GOOD, forms=("Witaj",)), Fault.PLACEHOLDERS),
        (replace(GOOD, forms=("Witaj {name} {",)), Fault.BROKEN_PLACEHOLDER),
        (replace(GOOD, forms=("Witaj {name}<script>alert(1)</script>",)), Fault.MARKUP),
        (replace(MENDED, forms=('Odpowiedz <strong onclick="x">teraz</strong>',)), Fault.MARKUP),
        (replace(MENDED, forms=("Odpowiedz <strong>teraz",)), Fault.MARKUP),
        (replace(GOOD, key="citizen.nothing"), Reason.UNKNOWN_KEY),
        (replace(GOOD, key=""), Reason.UNKNOWN_KEY),
        (replace(GOOD, key="citizen.days"), Reason.PLURAL_OR_NOT),
        (replace(COUNTED, forms=("{n}", "{n}")), Fault.PLURAL_COUNT),
        (replace(COUNTED, forms=("{n}", "", "{n}")), Fault.PLURAL_COUNT),
        (replace(GOOD, forms=("Witaj {name}\0",)), Reason.CONTROL_CHARACTER),
        (replace(GOOD, forms=("Witaj {name}\x1b[2J",)), Reason.CONTROL_CHARACTER),
        (replace(GOOD, forms=("Witaj\u202e {name}",)), Reason.DIRECTION_CONTROL),
        (replace(GOOD, forms=("Witaj\u2067 {name}",)), Reason.DIRECTION_CONTROL),
        (replace(GOOD, forms=("Witaj\u2069 {name}",)), Reason.DIRECTION_CONTROL),
        (replace(GOOD, forms=("BÄ™dzie {name}",)), Reason.GARBLED),
        (replace(GOOD, forms=("Dzie\ufffd dobry {name}",)), Reason.GARBLED),
    ],
)
def test_one_bad_text_refuses_the_whole_file(bad: Incoming, code: str) -> None:
    found = one(MENDED if bad.key != "citizen.loud" else GOOD, bad)
    assert codes(found) == [code]
    assert isinstance(found, Rejected)
    assert found.problems[0].place == AT


def test_the_same_text_twice_is_refused_and_says_where_it_stood_first() -> None:
    found = one(GOOD, replace(GOOD, place=Place(line=30)))
    assert isinstance(found, Rejected)
    assert [(each.code, each.place.line, each.values["detail"]) for each in found.problems] == [
        (Reason.DUPLICATE, 30, "7")
    ]


def test_every_problem_is_told_at_once() -> None:
    assert codes(one(replace(GOOD, forms=("x",)), replace(MENDED, forms=("y",)))) == [
        Fault.PLACEHOLDERS,
        Fault.MARKUP,
    ]


@pytest.mark.parametrize(
    "typed",
    ["مرحبا }name{", "مرحبا {\u200fname}", "مرحبا {name\u202c}", "مرحبا {\u2066name\u2069}", "}name{"],
)
def test_a_placeholder_typed_from_right_to_left_is_called_by_its_name(typed: str) -> None:
    found = judged(FileRead("ar", (Incoming("citizen.hello", (typed,), AT),)), (ARABIC,), LOCALES["ar"])
    assert codes(found).count(Reason.TURNED_AROUND) == 1
    assert isinstance(found, Rejected)
    assert "name" in {each.values["detail"] for each in found.problems}


def test_marks_that_a_language_needs_are_welcome() -> None:
    for typed in (
        "\u2068{name}\u2069 سلام",
        "می\u200cخواهیم {name}",
        "\u200f{name}",
        "»PÅ« {name} ”PÅ” CAFÉ»",
    ):
        found = judged(FileRead("fa", (Incoming("citizen.hello", (typed,), AT),)), (ARABIC,), LOCALES["fa"])
        assert codes(found) == []


@pytest.mark.parametrize(
    ("language", "refused"), [("pl", False), ("pl-PL", False), ("PL_pl", False), ("", False), ("ro_RO", True)]
)
def test_a_file_of_another_language_is_refused(language: str, refused: bool) -> None:
    assert codes(one(GOOD, language=language)) == ([Reason.WRONG_LANGUAGE] if refused else [])


def test_what_a_reader_found_refuses_the_file_with_the_rest() -> None:
    found = judged(FileRead("pl", (GOOD,), judged_problem()), UNITS)
    assert codes(found) == [Reason.FORMULA]


def judged_problem() -> tuple[Refused, ...]:
    return (Refused(Place(sheet="Tekster", cell="F2"), Reason.FORMULA),)


def test_a_remark_is_kept_whether_its_text_is_changed_or_left_open() -> None:
    for forms in (GOOD.forms, HELLO.target, ("",)):
        found = one(GOOD, forms=forms, remark="Du eller De?")
        assert isinstance(found, Accepted)
        assert found.remarks == (Remark("citizen.hello", "Du eller De?", AT),)
