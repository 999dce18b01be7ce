"""Lists of recipients, however a spreadsheet saved them: one cell for each row, and a clear no to what is none."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.recipient_lists import MOST_BYTES, MOST_ROWS, ListedRow, Unreadable, decode, read

TEXT = "Navn;Mobil\nMette Ørsted;10 90 00 01\nÅge;+45 10900002\n"


def cells(text: str) -> list[str]:
    rows = read(text)
    assert not isinstance(rows, Unreadable), rows
    return [row.cell for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_list_reads_the_same_in_every_encoding_that_spreadsheets_save(encoding: str) -> None:
    text = decode(TEXT.encode(encoding))
    assert isinstance(text, str)
    assert text.lstrip("\ufeff") == TEXT


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found(separator: str) -> None:
    assert cells(TEXT.replace(";", separator)) == ["10 90 00 01", "+45 10900002"]


def test_rows_are_counted_as_the_spreadsheet_counts_them() -> None:
    rows = read("Telefon\n\n10900001\n\n10900002\n")
    assert rows == (ListedRow(3, "10900001"), ListedRow(5, "10900002"))


def test_without_a_heading_the_column_with_the_numbers_is_read() -> None:
    assert cells("Mette;10900001;Åkøbing\nÅge;10900002;Nørreby") == ["10900001", "10900002"]


def test_a_heading_decides_over_another_column_of_digits() -> None:
    text = "CPR;Telefon\n0101701234;10900001\n0202801234;10900002"
    assert cells(text) == ["10900001", "10900002"]


def test_short_codes_are_a_list_too() -> None:
    assert cells("314159\n418888") == ["314159", "418888"]


@pytest.mark.parametrize("text", ["10900001, 10900002,10900003", "10900001;10900002;10900003"])
def test_numbers_on_one_line_are_rows(text: str) -> None:
    rows = read(text)
    assert rows == tuple(ListedRow(place, f"1090000{place}") for place in (1, 2, 3))


def test_a_row_that_lacks_the_column_is_kept_empty() -> None:
    rows = read("Navn;Mobil\nMette;10900001\nÅge")
    assert rows == (ListedRow(2, "10900001"), ListedRow(3, ""))


def test_what_looks_like_a_formula_stays_the_letters_it_is() -> None:
    assert cells('Mobil\n"=HYPERLINK(""http://x"")"\n10900001') == ['=HYPERLINK("http://x")', "10900001"]


def test_a_quoted_cell_may_hold_the_separator_and_a_new_line() -> None:
    assert cells('Navn;Mobil\n"Holm; Mette\nfra Aa";10900001') == ["10900001"]


@pytest.mark.parametrize("text", ["", "  \n\n ; ;\n", "Telefon\n"])
def test_nothing_is_an_empty_list(text: str) -> None:
    assert read(text) is Unreadable.EMPTY


def test_ten_thousand_rows_are_read_and_one_more_is_refused() -> None:
    lines = "10900001\n" * MOST_ROWS
    assert len(cells("Telefon\n" + lines)) == MOST_ROWS
    assert read("Telefon\n" + lines + "10900001") is Unreadable.TOO_MANY_ROWS
    assert read(lines + "10900001") is Unreadable.TOO_MANY_ROWS


def test_a_picture_is_no_list() -> None:
    assert decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01") is Unreadable.NOT_TEXT


def test_a_file_that_is_too_large_is_not_even_read() -> None:
    assert decode(b"1" * (MOST_BYTES + 1)) is Unreadable.TOO_LARGE


def test_a_cell_beyond_all_measure_is_refused_not_raised() -> None:
    assert read('"' + "1" * 200_000) is Unreadable.NOT_TEXT


@given(st.binary(max_size=300))
def test_whatever_the_bytes_the_answer_is_rows_or_a_reason(data: bytes) -> None:
    text = decode(data)
    if isinstance(text, str):
        rows = read(text)
        assert isinstance(rows, Unreadable) or all(len(row.cell) <= 40 for row in rows)


@given(st.lists(st.from_regex(r"[2-9]\d{7}", fullmatch=True), min_size=1, max_size=20))
def test_no_row_is_lost(numbers: list[str]) -> None:
    assert cells("Telefon\r\n" + "\r\n".join(numbers)) == numbers


def test_a_row_of_a_million_cells_is_answered_at_once() -> None:
    began = process_time()
    rows = read(";" * 1_000_000 + "x\n" + "10900001;Mette\n" * 5_000)
    assert process_time() - began < 5
    assert not isinstance(rows, Unreadable) and rows[-1].cell == "10900001"
