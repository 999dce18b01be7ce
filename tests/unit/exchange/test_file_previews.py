"""What a file of texts would change, seen against the texts that there are."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
from openpyxl import load_workbook

from i18n.catalogs import Status
from i18n.exchange.units import Reason, Rejected
from i18n.form_checks import Fault
from i18n.texts import shipped_catalogs
from portal.services.publishing import shipped_forms
from portal.services.text_files.exporting import export
from portal.services.text_files.reading import Preview, languages, open_file, preview
from portal.services.text_files.units import Scope
from portal.services.texts.bench import Bench
from portal.services.texts.checking import UNREADABLE
from portal.store.texts import KeptText
from tests.texts import kept

CATALOGS = shipped_catalogs()
FORMS = [form for form in shipped_forms() if form.key == "own_agenda"]


def bench(kept: Mapping[tuple[str, str], KeptText] = {}) -> Bench:
    return Bench(CATALOGS, {}, kept, FORMS, frozenset(form.key for form in FORMS))


def draft(locale: str, key: str, text: str) -> dict[tuple[str, str], KeptText]:
    danish = bench().row("da", key)
    assert danish is not None
    return {(locale, key): kept(locale, key, draft=text, draft_source=[*danish.source])}


def sent(extent: str = "common", format_: str = "po", locale: str = "pl", of: Bench | None = None) -> bytes:
    file = export(of or bench(), Scope(locale, extent), format_)
    assert file is not None
    return file.data


def read(data: bytes, wanted: str = "", of: Bench | None = None) -> Preview | Rejected:
    file = open_file(data)
    found = file if isinstance(file, Rejected) else languages(file, wanted)
    if isinstance(found, Rejected) or isinstance(file, Rejected):
        return found if isinstance(found, Rejected) else Rejected(())
    return preview(file, "pl.po", of or bench(), wanted)


def yes(text: str) -> bytes:
    return sent().replace(b'msgid "Ja"\nmsgstr "Tak"', f'msgid "Ja"\nmsgstr "{text}"'.encode())


def rewritten(data: bytes, sheet: str, old: str, new: str) -> bytes:
    book, written = load_workbook(BytesIO(data)), BytesIO()
    next(cell for row in book[sheet].iter_rows() for cell in row if cell.value == old).value = new
    book.save(written)
    return written.getvalue()


def reasons(found: Preview | Rejected) -> list[str]:
    assert isinstance(found, Rejected)
    return [each.code for each in found.problems]


@pytest.mark.parametrize("format_", ["po", "xlf", "xlsx"])
@pytest.mark.parametrize("extent", ["mangler", "common", "form.own_agenda"])
def test_a_file_that_comes_back_untouched_changes_nothing(format_: str, extent: str) -> None:
    found = read(sent(extent, format_))
    assert isinstance(found, Preview)
    assert found.count == 0


def test_a_draft_goes_out_and_is_no_change_when_it_comes_back() -> None:
    own = bench(draft("pl", "common.yes", "Owszem"))
    assert b'msgstr "Owszem"' in sent(of=own)
    found = read(sent(of=own), of=own)
    assert isinstance(found, Preview)
    assert found.count == 0


def test_what_remains_is_what_nobody_has_approved_and_staffs_pages_are_not_for_every_language() -> None:
    assert 'msgctxt "common.yes"' in sent("mangler").decode()
    assert 'msgctxt "appearance.' not in sent("alt").decode()
    assert 'msgctxt "appearance.' in sent("appearance").decode()
    assert 'msgctxt "appearance.' in sent("alt", locale="en").decode()


def test_a_template_holds_the_danish_of_the_extent_alone() -> None:
    template = sent("common", "pot").decode()
    assert 'msgid "Ja"\nmsgstr ""' in template


def test_the_file_is_named_by_its_language_and_extent() -> None:
    file = export(bench(), Scope("pl", "common"), "xlf")
    assert file is not None
    assert (file.name, file.mimetype) == ("taletid-pl-common.xlf", "application/xliff+xml")


def test_a_changed_text_is_a_row_with_what_stands_there_now() -> None:
    found = read(yes("Owszem"))
    assert isinstance(found, Preview)
    row = found.parts[0].rows[0]
    assert (row.row.forms, row.change.forms, row.change.status) == (("Tak",), ("Owszem",), Status.DRAFT)


def test_one_thing_wrong_refuses_all_of_the_file() -> None:
    assert reasons(read(yes("Owszem") + b'msgctxt "common.nothing"\nmsgid "x"\nmsgstr "y"\n')) == [
        Reason.UNKNOWN_KEY
    ]
    assert reasons(read(yes("x" * 4_001))) == ["too_long"]


def test_danish_that_is_hard_to_read_is_taken_with_a_warning() -> None:
    threat = b'msgid "Ja"\nmsgstr "Ja, ellers mister du din ydelse"'
    found = read(sent(locale="da").replace(b'msgid "Ja"\nmsgstr "Ja"', threat))
    assert isinstance(found, Preview)
    assert [problem.code for problem in found.parts[0].rows[0].warnings] == ["threat"]


@pytest.mark.parametrize(
    ("language", "wanted", "reason"),
    [("", "", Reason.NO_LANGUAGE), ("de", "", Reason.UNKNOWN_LANGUAGE), ("pl", "ro", Reason.WRONG_LANGUAGE)],
)
def test_a_file_must_say_its_language_or_be_given_one(language: str, wanted: str, reason: Reason) -> None:
    data = yes("Owszem").replace(b'"Language: pl\\n"', f'"Language: {language}\\n"'.encode())
    assert reasons(read(data, wanted)) == [reason]
    if not language:
        assert isinstance(read(data, "pl"), Preview)


def test_a_questionnaires_sheet_goes_out_with_its_drafts_and_comes_back_without_a_change() -> None:
    key = next(key for key in bench().form_texts if key.endswith(".label"))
    own = bench(draft("en", key, "What shall we talk about?"))
    data = sent("form.own_agenda", "xlsform", "en", own)
    found = read(data, of=own)
    assert isinstance(found, Preview)
    assert (found.count, found.open_count) == (0, 0)
    changed = read(rewritten(data, "survey", "What shall we talk about?", "What is on your mind?"), of=own)
    assert isinstance(changed, Preview)
    assert [(part.locale.code, row.change.key) for part in changed.parts for row in part.rows] == [
        ("en", key)
    ]


def test_a_sheet_of_a_questionnaire_that_we_do_not_have_is_refused() -> None:
    data = rewritten(sent("form.own_agenda", "xlsform", "en"), "settings", "own_agenda", "others_agenda")
    assert reasons(read(data)) == [Reason.NO_SUCH_QUESTIONNAIRE]


def test_a_question_that_refers_to_an_answer_is_refused_with_its_cell() -> None:
    data = sent("form.own_agenda", "xlsform", "en")
    label = next(text.texts["en"] for key, text in bench().form_texts.items() if key.endswith(".label"))
    assert reasons(read(rewritten(data, "survey", label, "You said ${a}?"))) == ["placeholders"]


def test_a_hint_and_a_choice_go_out_with_the_question_they_belong_to() -> None:
    forms = [form for form in shipped_forms() if form.key == "progression_citizen"]
    text = sent("form.progression_citizen", of=Bench(CATALOGS, {}, {}, forms)).decode()
    for key in ("health_coping.hint", "health_coping.choice.1"):
        above = text.partition(f'msgctxt "form.progression_citizen.{key}"')[0].rpartition("\n\n")[2]
        assert "med det helbred, du har?" in above
        assert f"#: /tekster/pl/side/skema.progression_citizen.{key.partition('.')[0]}" in above


def test_there_is_no_questionnaires_sheet_of_texts_that_are_none() -> None:
    assert export(bench(), Scope("pl", "common"), "xlsform") is None
    assert export(bench(), Scope("pl", "common"), "docx") is None


def test_the_stamp_tells_two_previews_apart() -> None:
    first, second = read(yes("Owszem")), read(yes("Jasne"))
    assert isinstance(first, Preview)
    assert isinstance(second, Preview)
    assert first.stamp != second.stamp


@pytest.mark.parametrize("code", sorted({*Reason, *Fault, *UNREADABLE}))
def test_every_reason_has_words_that_the_translator_reads(code: str) -> None:
    assert CATALOGS.texts("da").has(f"exchange.reason.{code}")
