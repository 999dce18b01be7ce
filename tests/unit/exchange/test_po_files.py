"""gettext's files: what its own programs see in ours, and theirs refused with line and reason."""

from __future__ import annotations

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.catalogs import Status
from i18n.exchange import po
from i18n.exchange.judging import Accepted
from i18n.exchange.units import FileRead, Place, Reason, Refused, Rejected, Unit
from i18n.locales import LOCALES
from tests.unit.exchange.texts import POLISH, UNITS, codes, judged

HEADER = 'msgid ""\nmsgstr ""\n"Language: pl\\n"\n\n'


def sent() -> polib.POFile:
    return polib.pofile(po.write(UNITS, POLISH).decode())


def entry(of: str) -> polib.POEntry:
    return next(each for each in sent() if each.msgctxt == of)


def read(text: str | bytes) -> FileRead | Rejected:
    return po.read(text.encode() if isinstance(text, str) else text)


def bilingual(key: str, danish: str, text: str, above: str = "") -> str:
    return f'{above}msgctxt "{key}"\nmsgid "{danish}"\nmsgstr "{text}"\n\n'


def own_catalog(key: str, text: str) -> str:
    return f'msgid "{key}"\nmsgstr "{text}"\n\n'


HELLO = bilingual("citizen.hello", "Hej {name}", "Dzień dobry {name}")


def test_a_translators_program_sees_danish_context_and_the_text_in_use() -> None:
    hello = entry("citizen.hello")
    assert (hello.msgid, hello.msgstr, hello.comment) == ("Hej {name}", "Witaj {name}", "First page")
    assert hello.tcomment == "status: draft"
    assert hello.flags == ["python-brace-format"]
    assert sent().metadata["Plural-Forms"] == POLISH.plural_forms_header


def test_places_are_references() -> None:
    unit = Unit("a.b", ("Ja",), places=("/start", "/svar"))
    assert polib.pofile(po.write([unit], POLISH).decode())[0].occurrences == [("/start", ""), ("/svar", "")]


def test_a_text_that_counts_has_room_for_each_form() -> None:
    days = entry("citizen.days")
    assert (days.msgid, days.msgid_plural) == ("{n} dag", "{n} dage")
    assert days.msgstr_plural == {0: "", 1: "", 2: ""}


def test_a_stale_text_is_fuzzy_with_the_danish_it_was_made_from() -> None:
    assert [each.msgctxt for each in sent() if each.fuzzy] == ["citizen.loud"]
    assert entry("citizen.loud").previous_msgid == "Svar <strong>snart</strong>"


def test_a_template_is_the_danish_alone() -> None:
    template = polib.pofile(po.write_template(UNITS).decode())
    assert template.metadata["Language"] == ""
    assert [each.msgid for each in template] == ["Hej {name}", "{n} dag", "Svar <strong>nu</strong>"]
    assert not any(each.translated() for each in template)


def test_a_file_like_our_own_catalogs_is_read_too_and_shows_no_danish() -> None:
    file = read(own_catalog("citizen.hello", "Dzień dobry {name}"))
    assert isinstance(file, FileRead)
    assert [(each.key, each.source) for each in file.incoming] == [("citizen.hello", ())]
    assert isinstance(judged(file), Accepted)


def test_a_fuzzy_text_is_left_open_and_an_obsolete_one_is_not_there() -> None:
    text = bilingual("citizen.loud", "x", "y", "#, fuzzy\n") + '#~ msgid "a"\n#~ msgstr "b"\n'
    file = read(text)
    assert isinstance(file, FileRead)
    assert [(each.key, each.left_open) for each in file.incoming] == [("citizen.loud", True)]


@pytest.mark.parametrize(
    ("comment", "status"),
    [("# status: back-checked\n", Status.BACK_CHECKED), ("# status: finished\n", None), ("", None)],
)
def test_the_status_is_a_comment_of_the_translators(comment: str, status: Status | None) -> None:
    file = read(HEADER + bilingual("citizen.hello", "Hej {name}", "x", comment))
    assert isinstance(file, FileRead)
    assert file.incoming[0].status is status


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_no_matter() -> None:
    assert read(b"\xef\xbb\xbf" + HELLO.encode()) == read(HELLO)
    windows = read(HELLO.replace("\n", "\r\n"))
    assert isinstance(windows, FileRead)
    assert windows.incoming[0].forms == ("Dzień dobry {name}",)


@pytest.mark.parametrize("encoding", ["iso-8859-2", "cp1250", "utf-16"])
def test_another_encoding_is_refused_with_its_line(encoding: str) -> None:
    found = read(HEADER.encode() + "# Dzień\n".encode(encoding))
    assert found == Rejected((Refused(Place(line=5), Reason.ENCODING),))


@pytest.mark.parametrize(
    ("text", "line"), [("hello", 1), (HELLO + "nonsense", 5), ('msgid "a"\nmsgid "b"', 2)]
)
def test_what_is_not_po_is_refused_with_its_line(text: str, line: int) -> None:
    assert read(text) == Rejected((Refused(Place(line=line), Reason.NOT_PO),))


def test_a_text_that_stands_twice_is_refused() -> None:
    assert codes(judged(read(HEADER + HELLO + HELLO))) == [Reason.DUPLICATE]


def test_the_file_says_its_language() -> None:
    assert codes(judged(read(HEADER.replace("pl", "ro_RO") + HELLO))) == [Reason.WRONG_LANGUAGE]
    assert codes(judged(read(HEADER + HELLO))) == []


def test_every_language_has_the_number_of_forms_its_header_says() -> None:
    for locale in LOCALES.values():
        file = polib.pofile(po.write(UNITS, locale).decode())
        count = len(next(each for each in file if each.msgid_plural).msgstr_plural)
        assert file.metadata["Plural-Forms"].startswith(f"nplurals={count};")


@given(st.text('msgidctxtstr"#.,~|[]0159 \n\\', max_size=120))
def test_no_text_that_looks_like_po_breaks_the_reading(text: str) -> None:
    found = judged(read(text))
    assert isinstance(found, Accepted | Rejected)
