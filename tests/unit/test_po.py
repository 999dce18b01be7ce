from collections.abc import Mapping

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.catalogs import Entry
from i18n.form_checks import Fault
from i18n.locales import LOCALES
from i18n.po import Accepted, Change, Reason, Refused, Rejected, export, read_upload
from i18n.texts import Catalogs, load_catalogs

SHIPPED = load_catalogs()
DANISH = {
    "citizen.hello": Entry("citizen.hello", ("Hej {name}",), context="First page. {name}: the first name"),
    "citizen.days": Entry("citizen.days", ("{n} dag", "{n} dage"), plural=True),
    "citizen.loud": Entry("citizen.loud", ("Svar <strong>nu</strong>",)),
    "staff.other": Entry("staff.other", ("Andet",)),
}
POLISH = {
    "citizen.hello": Entry("citizen.hello", ("Witaj {name}",)),
    "citizen.loud": Entry("citizen.loud", ("Stary <strong>tekst</strong>",), stale=True),
}
CATALOGS = Catalogs({"da": DANISH, "pl": POLISH})


def upload(text: str | bytes, overlay: Mapping[tuple[str, str], tuple[str, ...]] = {}) -> Accepted | Rejected:
    data = text.encode() if isinstance(text, str) else text
    return read_upload(data, CATALOGS, "pl", "citizen", overlay)


def entry(key: str, text: str, above: str = "") -> str:
    return f'{above}msgid "{key}"\nmsgstr "{text}"\n\n'


HELLO = entry("citizen.hello", "Dzień dobry {name}")


def test_an_export_shows_source_context_and_the_text_in_use() -> None:
    file = polib.pofile(export(CATALOGS, "pl", "citizen").decode())
    hello = file.find("citizen.hello")
    assert hello is not None
    assert hello.comment == "da: Hej {name}\nFirst page. {name}: the first name"
    assert hello.msgstr == "Witaj {name}"
    assert file.metadata["Plural-Forms"] == LOCALES["pl"].plural_forms_header
    assert [item.msgid for item in file] == ["citizen.hello", "citizen.days", "citizen.loud"]


def test_an_export_has_room_for_each_form_and_the_danish_forms_above() -> None:
    days = polib.pofile(export(CATALOGS, "pl", "citizen").decode()).find("citizen.days")
    assert days is not None
    assert days.comment == "da[0]: {n} dag\nda[1]: {n} dage"
    assert days.msgstr_plural == {0: "", 1: "", 2: ""}


def test_an_export_marks_a_stale_text_fuzzy() -> None:
    file = polib.pofile(export(CATALOGS, "pl", "citizen").decode())
    assert [item.msgid for item in file if item.fuzzy] == ["citizen.loud"]


def test_an_export_shows_the_municipalitys_own_texts() -> None:
    overlay = {("da", "citizen.hello"): ("Dav {name}",), ("pl", "citizen.days"): ("a", "b", "c")}
    file = polib.pofile(export(CATALOGS, "pl", "citizen", overlay).decode())
    hello, days = file.find("citizen.hello"), file.find("citizen.days")
    assert hello is not None
    assert days is not None
    assert hello.comment.startswith("da: Dav {name}")
    assert hello.fuzzy
    assert days.msgstr_plural == {0: "a", 1: "b", 2: "c"}


@pytest.mark.parametrize("locale", SHIPPED.entries)
@pytest.mark.parametrize("area", SHIPPED.areas())
def test_an_export_that_comes_back_untouched_changes_nothing(locale: str, area: str) -> None:
    result = read_upload(export(SHIPPED, locale, area), SHIPPED, locale, area)
    assert isinstance(result, Accepted)
    assert result.changes == ()
    assert {refused.code for refused in result.left_out} <= {Reason.NOT_TRANSLATED, Reason.FUZZY}


_LETTERS = st.text(
    st.characters(codec="utf-8", exclude_characters="{}<>", exclude_categories=["Cc", "Cs", "Zl", "Zp"]),
    min_size=1,
)


@given(_LETTERS, _LETTERS)
def test_any_text_comes_back_as_it_went_out(danish: str, polish: str) -> None:
    catalogs = Catalogs({"da": {"citizen.a": Entry("citizen.a", (danish,))}, "pl": {}})
    overlay = {("pl", "citizen.a"): (f'{polish}\n"\\n{polish}',)}
    data = export(catalogs, "pl", "citizen", overlay)
    assert read_upload(data, catalogs, "pl", "citizen", overlay) == Accepted((), ())
    assert read_upload(data, catalogs, "pl", "citizen") == Accepted(
        (Change("citizen.a", overlay["pl", "citizen.a"], 10),), ()
    )


def test_a_changed_text_is_a_change_with_its_line() -> None:
    assert upload(HELLO) == Accepted((Change("citizen.hello", ("Dzień dobry {name}",), 1),), ())


def test_a_byte_order_mark_is_no_matter() -> None:
    assert upload(b"\xef\xbb\xbf" + HELLO.encode()) == upload(HELLO)


def test_a_fuzzy_or_empty_text_stays_out_with_its_reason_and_the_rest_is_taken() -> None:
    result = upload(entry("citizen.loud", "<em>", "#, fuzzy\n") + HELLO + entry("citizen.days", ""))
    assert isinstance(result, Accepted)
    assert [change.key for change in result.changes] == ["citizen.hello"]
    assert [(out.code, out.values["key"]) for out in result.left_out] == [
        (Reason.FUZZY, "citizen.loud"),
        (Reason.NOT_TRANSLATED, "citizen.days"),
    ]


def test_a_text_made_from_danish_that_has_changed_since_stays_out() -> None:
    made_from_old = entry("citizen.hello", "Dzień dobry {name}", "#. da: Hej med dig {name}\n")
    result = upload(made_from_old)
    assert isinstance(result, Accepted)
    assert result.changes == ()
    assert [out.code for out in result.left_out] == [Reason.SOURCE_CHANGED]


def test_a_comment_wrapped_anew_by_a_program_is_still_the_same_source() -> None:
    wrapped = entry("citizen.hello", "Dzień dobry {name}", "#. da: Hej\n#. {name} First page.\n")
    result = upload(wrapped)
    assert isinstance(result, Accepted)
    assert len(result.changes) == 1


def test_a_stale_text_that_comes_back_without_the_flag_is_approved_anew() -> None:
    result = upload(entry("citizen.loud", "Stary <strong>tekst</strong>"))
    assert isinstance(result, Accepted)
    assert [change.key for change in result.changes] == ["citizen.loud"]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (entry("citizen.hello", "Witaj {imie}"), Fault.PLACEHOLDERS),
        (entry("citizen.hello", "Witaj {name} {"), Fault.BROKEN_PLACEHOLDER),
        (entry("citizen.hello", "Witaj {name}<script>"), Fault.MARKUP),
        (entry("citizen.nothing", "x"), Reason.UNKNOWN_KEY),
        (entry("staff.other", "x"), Reason.UNKNOWN_KEY),
        (entry("citizen.days", "x"), Reason.PLURAL_OR_NOT),
        (HELLO + HELLO, Reason.DUPLICATE),
        (
            'msgid "citizen.days"\nmsgid_plural "citizen.days"\nmsgstr[0] "{n}"\nmsgstr[1] "{n}"\n',
            Fault.PLURAL_COUNT,
        ),
    ],
)
def test_one_bad_entry_refuses_the_whole_file_with_its_line(bad: str, code: str) -> None:
    good = entry("citizen.loud", "Odpowiedz <strong>teraz</strong>")
    result = upload(good + bad)
    assert isinstance(result, Rejected)
    assert [problem.code for problem in result.problems] == [code]
    assert result.problems[0].line > 1


def test_every_problem_is_told_at_once() -> None:
    result = upload(entry("citizen.hello", "x") + entry("citizen.loud", "y"))
    assert isinstance(result, Rejected)
    assert [problem.code for problem in result.problems] == [Fault.PLACEHOLDERS, Fault.MARKUP]


def test_another_encoding_is_refused_with_its_line() -> None:
    data = entry("citizen.loud", "x").encode() + "# Dzień\n".encode("iso-8859-2")
    assert upload(data) == Rejected((Refused(4, Reason.ENCODING),))


@pytest.mark.parametrize(
    ("text", "line"), [("hello", 1), (HELLO + "nonsense", 4), ('msgid "a"\nmsgid "b"', 2)]
)
def test_what_is_not_po_is_refused_with_its_line(text: str, line: int) -> None:
    assert upload(text) == Rejected((Refused(line, Reason.NOT_PO),))


def test_a_file_of_another_language_is_refused() -> None:
    header = 'msgid ""\nmsgstr ""\n"Language: ro_RO\\n"\n\n'
    result = upload(header + HELLO)
    assert isinstance(result, Rejected)
    assert [(problem.code, problem.values) for problem in result.problems] == [
        (Reason.WRONG_LANGUAGE, {"language": "ro_RO"})
    ]
    assert isinstance(upload(header.replace("ro_RO", "pl-PL") + HELLO), Accepted)


def test_an_empty_file_changes_nothing() -> None:
    assert upload("") == Accepted((), ())


@given(st.binary(max_size=200))
def test_no_file_breaks_the_reading(data: bytes) -> None:
    assert isinstance(upload(data), Accepted | Rejected)


@given(st.text('msgidstr"#.,~|[]0159 \n\\', max_size=120))
def test_no_text_that_looks_like_po_breaks_the_reading(text: str) -> None:
    assert isinstance(upload(text), Accepted | Rejected)
