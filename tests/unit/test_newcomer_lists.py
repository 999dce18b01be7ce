from portal.domain.newcomer_lists import MOST_ROWS, Column, Unfit, read
from portal.services.newcomer_lists import read_file

HEADINGS = ("Mobilnummer", "Fornavn", "Efternavn", "Noter")


def test_columns_are_found_by_their_headings_in_any_order() -> None:
    people = read([(1, HEADINGS), (3, ("10 20 30 40", "Amina", "Ali", "ring først"))])
    assert isinstance(people, tuple)
    assert people[0].number == 3
    assert (people[0][Column.FIRST_NAME], people[0][Column.PHONE]) == ("Amina", "10 20 30 40")
    assert people[0][Column.TEAM] == ""
    assert "ring først" not in people[0].cells.values()


def test_a_short_row_has_empty_cells() -> None:
    people = read([(1, HEADINGS), (2, ("10 20 30 40",))])
    assert isinstance(people, tuple) and people[0][Column.LAST_NAME] == ""


def test_a_list_without_the_headings_it_needs_is_refused() -> None:
    assert read([(1, ("Fornavn", "Mobilnummer")), (2, ("Amina", "10 20 30 40"))]) is Unfit.HEADINGS
    assert read([]) is read([(1, HEADINGS)]) is Unfit.EMPTY


def test_a_list_is_as_long_as_may_be_and_no_longer() -> None:
    rows = [(number, ("10 20 30 40", "A", "B", "")) for number in range(2, MOST_ROWS + 3)]
    assert isinstance(read([(1, HEADINGS), *rows[:-1]]), tuple)
    assert read([(1, HEADINGS), *rows]) is Unfit.TOO_MANY


def test_semicolons_and_an_older_excels_letters_are_read() -> None:
    people = read_file("Fornavn;Efternavn;Telefon\r\nSøren;Ærø;10203040\r\n".encode("cp1252"))
    assert isinstance(people, tuple) and people[0][Column.FIRST_NAME] == "Søren"


def test_what_is_no_text_and_no_workbook_is_refused() -> None:
    assert read_file(b"PK\x03\x04 not a workbook") == "not_text"
