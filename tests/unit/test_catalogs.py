from pathlib import Path

import pytest

from i18n.catalogs import CatalogError, Entry, Status, aged, parse, read
from i18n.stamps import stamp


def write(folder: Path, text: str, area: str = "citizen") -> Path:
    path = folder / f"{area}.po"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_carries_text_context_status_and_line() -> None:
    [entry] = parse(
        '#. On the first page\n# status: native-approved\nmsgid "citizen.start"\nmsgstr "Begynd, {name}"\n'
    ).entries
    assert entry.key == "citizen.start"
    assert entry.area == "citizen"
    assert entry.forms == ("Begynd, {name}",)
    assert entry.context == "On the first page"
    assert entry.status is Status.NATIVE_APPROVED
    assert entry.line == 1


@pytest.mark.parametrize("comment", ["", "# status: perfect\n", "# a word to the reader\n"])
def test_a_text_without_a_known_status_has_been_read_by_nobody(comment: str) -> None:
    assert parse(comment + 'msgid "a.b"\nmsgstr "x"\n').entries[0].status is Status.MACHINE_DRAFT


def test_a_fuzzy_text_is_stale_and_not_usable() -> None:
    [entry] = parse('#, fuzzy\nmsgid "a.b"\nmsgstr "x"\n').entries
    assert entry.stale
    assert not entry.usable


def test_a_translation_carries_the_stamp_of_its_danish_and_the_danish_as_it_was() -> None:
    [entry] = parse('#. Greeting\n# source: 1a2b3c4d\n#| msgid "Hej"\nmsgid "a.b"\nmsgstr "Hi"\n').entries
    assert entry.made_from == "1a2b3c4d"
    assert entry.former == ("Hej",)


def test_a_translation_is_stale_when_its_danish_is_another_now() -> None:
    made_from = {"a.b": stamp(("Hej",))}
    entries = {"a.b": Entry("a.b", ("Hi",), made_from=made_from["a.b"])}
    assert not aged(entries, made_from)["a.b"].stale
    assert aged(entries, {"a.b": stamp(("Goddag",))})["a.b"].stale


def test_a_translation_without_a_stamp_is_not_taken_for_stale() -> None:
    assert not aged({"a.b": Entry("a.b", ("Hi",))}, {"a.b": stamp(("Hej",))})["a.b"].stale


def test_an_empty_text_is_not_usable() -> None:
    assert not parse('msgid "a.b"\nmsgstr " "\n').entries[0].usable


def test_plural_forms_come_in_the_order_of_their_numbers() -> None:
    [entry] = parse('msgid "a.b"\nmsgid_plural "a.b"\nmsgstr[1] "to"\nmsgstr[0] "en"\n').entries
    assert entry.plural
    assert entry.forms == ("en", "to")


def test_an_obsolete_entry_is_passed_over() -> None:
    assert parse('#~ msgid "a.old"\n#~ msgstr "x"\n').entries == ()


def test_what_is_not_po_is_refused() -> None:
    with pytest.raises(CatalogError):
        parse('hello\nmsgid "a.b"\n')


def test_the_name_of_a_file_is_never_opened(tmp_path: Path) -> None:
    secret = write(tmp_path, 'msgid "citizen.secret"\nmsgstr "x"\n')
    with pytest.raises(CatalogError):
        parse(str(secret))


def test_a_key_outside_the_area_of_its_file_stops_the_reading(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"staff\.x does not belong"):
        read(write(tmp_path, 'msgid "staff.x"\nmsgstr "x"\n'))


def test_a_key_that_stands_twice_stops_the_reading(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="stands twice"):
        read(write(tmp_path, 'msgid "citizen.x"\nmsgstr "x"\n\nmsgid "citizen.x"\nmsgstr "y"\n'))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "citizen.po"
    path.write_bytes('msgid "citizen.x"\nmsgstr "på"\n'.encode("latin-1"))
    with pytest.raises(CatalogError, match=r"citizen\.po"):
        read(path)
