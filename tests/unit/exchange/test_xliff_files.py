"""XLIFF 2: placeholders that a program protects, states, plural forms as units, and hostile XML refused."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from i18n.catalogs import Status
from i18n.exchange import xliff
from i18n.exchange.inline import NAMESPACE, named
from i18n.exchange.judging import Accepted
from i18n.exchange.units import FileRead, Reason, Rejected, Unit
from i18n.form_checks import Fault
from i18n.locales import LOCALES
from tests.unit.exchange.texts import HELLO, POLISH, UNITS, codes, judged


def tree(*units: Unit, code: str = "pl") -> Element:
    root: Element = fromstring(xliff.write(units, LOCALES[code]).decode())
    return root


def parts(element: Element, name: str) -> list[Element]:
    return list(element.iter(named(name)))


def one(content: str, segment: str = 'state="translated"', data: str = "") -> bytes:
    """A file with the text citizen.hello, translated as `content`."""
    stored = f"<originalData>{data}</originalData>" if data else ""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<xliff xmlns="{NAMESPACE}" version="2.1" srcLang="da" trgLang="pl"><file id="f"><unit id="citizen.hello">{stored}
<segment {segment}><source>Hej {{name}}</source><target>{content}</target></segment></unit></file></xliff>""".encode()


def forms(data: bytes) -> tuple[str, ...]:
    file = xliff.read(data)
    assert isinstance(file, FileRead)
    assert file.problems == ()
    return file.incoming[0].forms


def test_a_placeholder_is_one_code_with_the_same_id_on_both_sides() -> None:
    root = tree(HELLO)
    codes_ = [(each.get("id"), each.get("dataRef"), each.get("disp")) for each in parts(root, "ph")]
    assert codes_ == [("1", "d1", "{name}"), ("1", "d1", "{name}")]
    assert [each.text for each in parts(root, "data")] == ["{name}"]


def test_bare_markup_is_a_pair_of_codes_around_its_words() -> None:
    pair = parts(tree(Unit("a.b", ("Svar <strong>nu, {name}</strong><br>",))), "pc")[0]
    assert (pair.text, pair.get("type"), pair.get("subType")) == ("nu, ", "fmt", "xlf:b")
    assert [child.get("disp") for child in pair] == ["{name}"]


def test_a_tag_without_its_other_half_stays_words() -> None:
    unit = Unit("a.b", ("<strong>Ja",), ("</em>Tak<strong><em></strong>",))
    root = tree(unit)
    assert parts(root, "pc") == []
    assert parts(root, "target")[0].text == "</em>Tak<strong><em></strong>"


def test_a_text_that_counts_is_a_unit_a_form_with_the_danish_of_those_numbers() -> None:
    units = parts(tree(Unit("citizen.days", ("{n} dag", "{n} dage"), plural=True)), "unit")
    assert [each.get("id") for each in units] == [f"citizen.days:{each}" for each in ("one", "few", "many")]
    assert [each.get("name") for each in units] == ["citizen.days"] * 3
    notes = [note.text for each in units for note in parts(each, "note")]
    assert notes == ["one: 1", "few: 2, 3, 4, 22, 23", "many: 0, 5, 6, 7, 8"]


@pytest.mark.parametrize(
    ("unit", "state", "sub"),
    [
        (Unit("a.b", ("Ja",)), "initial", None),
        (Unit("a.b", ("Ja",), ("Tak",), stale=True), "initial", "taletid:stale"),
        (Unit("a.b", ("Ja",), ("Tak",), status=Status.MACHINE_DRAFT), "initial", "taletid:machine-draft"),
        (Unit("a.b", ("Ja",), ("Tak",), status=Status.DRAFT), "translated", None),
        (Unit("a.b", ("Ja",), ("Tak",), status=Status.BACK_CHECKED), "reviewed", None),
        (Unit("a.b", ("Ja",), ("Tak",), status=Status.NATIVE_APPROVED), "final", None),
    ],
)
def test_the_state_says_how_far_a_text_has_come(unit: Unit, state: str, sub: str | None) -> None:
    segment = parts(tree(unit), "segment")[0]
    assert (segment.get("state"), segment.get("subState")) == (state, sub)


def test_a_state_that_a_program_has_changed_wins_over_our_word_beside_it() -> None:
    file = xliff.read(one("Witaj {name}", 'state="reviewed" subState="taletid:stale"'))
    assert isinstance(file, FileRead)
    assert (file.incoming[0].status, file.incoming[0].sent_stale) == (Status.BACK_CHECKED, False)


def test_context_and_places_are_notes_and_the_direction_is_said() -> None:
    root = tree(Unit("a.b", ("Ja",), context="A button", places=("/start",), former=("Jo",)), code="ar")
    assert [(note.get("category"), note.text) for note in parts(root, "note")] == [
        ("context", "A button"),
        ("place", "/start"),
        ("former-source", "Jo"),
    ]
    assert parts(root, "file")[0].get("trgDir") == "rtl"


def test_a_key_that_is_no_xml_name_is_kept_in_the_name() -> None:
    data = xliff.write([Unit("form.a.q.choice.a+b", ("Ja",), ("Tak",))], POLISH)
    file = xliff.read(data)
    assert isinstance(file, FileRead)
    assert file.incoming[0].key == "form.a.q.choice.a+b"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Witaj {name}", "Witaj {name}"),
        ('Witaj <ph id="1" dataRef="d"/>', "Witaj {name}"),
        ('<sc id="1" dataRef="a"/>Witaj<ec startRef="1" dataRef="b"/>', "<strong>Witaj</strong>"),
        ('<mrk id="m1" type="term">Witaj</mrk> <sm id="m"/>{name}<em startRef="m"/>', "Witaj {name}"),
        ("&lt;b&gt; &amp; &#x142;", "<b> & ł"),
        ("<![CDATA[<script>]]>", "<script>"),
    ],
)
def test_codes_are_put_back_whatever_program_wrote_them(content: str, text: str) -> None:
    stored = '<data id="d">{name}</data><data id="a">&lt;strong&gt;</data><data id="b">&lt;/strong&gt;</data>'
    assert forms(one(content, data=stored)) == (text,)


def test_segments_are_joined_in_the_order_of_the_translation() -> None:
    unit = """<unit id="citizen.hello"><segment><source>A.</source><target order="3">jeden</target></segment>
<ignorable><source> </source></ignorable>
<segment><source>B.</source><target order="1">dwa</target></segment></unit>"""
    data = f'<xliff xmlns="{NAMESPACE}" version="2.0" srcLang="da" trgLang="pl"><file id="f">{unit}</file></xliff>'
    assert forms(data.encode()) == ("dwa jeden",)


def test_a_text_of_which_a_segment_is_not_translated_is_left_open() -> None:
    half = one("Witaj").replace(b"</segment>", b"</segment><segment><source>B</source></segment>", 1)
    assert forms(half) == ("",)


@pytest.mark.parametrize(
    "content", ['<ph id="1"/>', '<ph id="1" dataRef="x"/>', "<b>Witaj</b>", '<cp hex="zz"/>']
)
def test_an_element_that_holds_none_of_our_codes_is_refused_with_its_line(content: str) -> None:
    found = judged(xliff.read(one(content)))
    assert codes(found) == [Reason.INLINE_ELEMENT]
    assert isinstance(found, Rejected)
    assert found.problems[0].place.line == 2


def test_a_code_that_was_left_out_is_a_placeholder_that_is_missing() -> None:
    assert codes(judged(xliff.read(one("Witaj")))) == [Fault.PLACEHOLDERS]
    assert codes(judged(xliff.read(one('Witaj {name}<cp hex="001b"/>')))) == [Reason.CONTROL_CHARACTER]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b"<xliff", b'<!DOCTYPE x [<!ENTITY a "b">]><xliff'), Reason.DOCTYPE),
        ((b"<xliff", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><xliff'), Reason.DOCTYPE),
        ((b"</unit>", b""), Reason.NOT_XML),
        ((b"Witaj", b"Dzie\xf1"), Reason.NOT_XML),
        ((b'encoding="utf-8"', b'encoding="nothing"'), Reason.ENCODING),
        ((b"xliff:document:2.0", b"xliff:document:1.2"), Reason.NOT_XLIFF_2),
        ((b"<target>", b"<target>" + b"<pc id='1'>" * 60), Reason.TOO_MANY),
        ((b'id="citizen.hello"', b'id=""'), Reason.WITHOUT_KEY),
        ((b'id="citizen.hello"', b'id="citizen.hello:two"'), Reason.UNKNOWN_FORM),
        ((b'trgLang="pl"', b'trgLang="ro"'), Reason.WRONG_LANGUAGE),
    ],
)
def test_what_no_file_of_ours_would_be_is_refused(change: tuple[bytes, bytes], code: Reason) -> None:
    assert code in codes(judged(xliff.read(one("Witaj {name}").replace(*change, 1))))


def test_the_same_unit_twice_is_refused() -> None:
    unit = Unit("citizen.days", ("{n} dag", "{n} dage"), ("a {n}", "b {n}", "c {n}"), plural=True)
    data = xliff.write((unit, unit), POLISH)
    assert codes(judged(xliff.read(data), (unit,))) == [Reason.DUPLICATE] * 3
    assert codes(judged(xliff.read(xliff.write((HELLO, HELLO), POLISH)))) == [Reason.DUPLICATE]


def test_what_was_sent_and_translated_is_taken() -> None:
    data = xliff.write(UNITS, POLISH).decode().replace("Witaj ", "Dzień dobry ").replace("Stary", "Nowy")
    found = judged(xliff.read(data.encode()))
    assert isinstance(found, Accepted)
    assert [(change.key, change.forms) for change in found.changes] == [
        ("citizen.hello", ("Dzień dobry {name}",)),
        ("citizen.loud", ("Nowy <strong>tekst</strong>",)),
    ]
