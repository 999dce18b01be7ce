"""The thread on paper: everything that was written, sign for sign, and what became of it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from i18n.texts import shipped_catalogs
from messaging.message import Status
from portal.domain.check_ins import TEMPLATES
from portal.domain.files import FileKind
from portal.domain.periods import Period
from portal.domain.replies import ReplyKind
from portal.services.conversation import Delivery, Entry, FileShown
from portal.services.journal.paper import as_pdf, drawable, runs_from_right
from portal.services.journal.record import Record
from portal.services.journal.sheet import INDENT, Block, Sheet, as_text, sheet
from portal.store.check_ins import SHIPPED

T = shipped_catalogs().texts("da")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
ARABIC = "مرحباً، سأحضر الساعة 10 (أو 11)؟"
TIGRINYA = "ሰላም፡ ጽባሕ ክመጽእ እየ።"
PLAN = FileShown(7, FileKind.PDF, "Plan.pdf", 340_200, 0, 0)


def entry(body: str | None = "Hej", **values: object) -> Entry:
    facts: dict[str, object] = {
        "id": 1, "kind": "message", "author": "citizen", "staff_name": None, "channel": "portal", "body": body,
        "pictures": 0, "created_at": NOW, "read_at": None, "delivery": None, **values,
    }  # fmt: skip
    return Entry(**facts)  # type: ignore[arg-type]


def of(*entries: Entry, period: Period = Period(None, None)) -> Sheet:  # noqa: B008 — frozen
    return sheet(Record("Mette Holm", "Mette", "Team Åen", "Åkøbing", "Lone Kjær", NOW, period, entries), T)


def test_it_says_whose_thread_it_is_and_who_took_it_out_and_when() -> None:
    text = as_text(of(entry()))
    for words in (
        "Samtale med Mette Holm",
        "Borger: Mette Holm, Team Åen",
        "18. nov. 2026 11.00 af Lone Kjær",
    ):
        assert words in text
    assert "Periode: hele samtalen" in text and "Antal: 1" in text


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(date(2026, 3, 1), date(2026, 3, 31)), "1. mar. 2026 – 31. mar. 2026"),
        (Period(None, date(2026, 3, 31)), "begyndelsen – 31. mar. 2026"),
        (Period(date(2026, 3, 1), None), "1. mar. 2026 – 18. nov. 2026"),
    ],
)
def test_the_period_stands_on_it(period: Period, words: str) -> None:
    assert f"Periode: {words}" in as_text(of(period=period))


def test_what_became_of_a_message_stands_below_it() -> None:
    told = Delivery(Status.FAILED, "number_not_in_use")
    staffs = entry(author="staff", staff_name="Lone Kjær", delivery=told, read_at=NOW + timedelta(minutes=4))
    [block] = of(staffs).blocks
    assert block.heading == "18. nov. 2026 11.00  Lone Kjær, på siden"
    assert block.notes == (
        "SMS om beskeden: Kunne ikke sendes: nummeret er ikke i brug",
        "Læst 18. nov. 2026 11.04",
    )
    [sms] = of(
        entry(author="staff", staff_name="Lone", channel="sms", delivery=Delivery(Status.DELIVERED, None))
    ).blocks
    assert sms.notes == ("SMS: Kommet frem",)


def test_files_and_lost_pictures_are_listed() -> None:
    [block] = of(entry(files=(PLAN,), pictures=2)).blocks
    assert block.notes[-1] == "Fil: Plan.pdf (PDF, 340 kB)"
    assert "2 billeder" in block.notes[-2]


def test_an_event_is_one_line() -> None:
    [block] = of(entry(None, kind="opted_out", channel="sms")).blocks
    assert (block.body, block.heading) == ("", "18. nov. 2026 11.00  STOP: Mette får ikke flere SMS")


@given(st.text(max_size=400))
def test_the_text_holds_what_was_written_sign_for_sign(body: str) -> None:
    text = as_text(Sheet("t", (), (Block("h", body, ("note",)),), "f", "2026-11-18"))
    written = text.removeprefix("t\n\n\nh\n").removesuffix(f"{INDENT}- note\n").removesuffix("\n")
    assert "".join(line.removeprefix(INDENT) for line in written.splitlines(keepends=True)) == body


@given(st.text(max_size=200))
def test_nothing_that_was_written_can_look_like_a_heading_of_ours(body: str) -> None:
    text = as_text(of(entry(body)))
    ours = [line for line in text.split("\n") if line and not line.startswith(INDENT)]
    assert len(ours) == 7


@pytest.mark.parametrize(
    ("text", "right"), [(ARABIC, True), ("Hej " + ARABIC, False), ("10: " + ARABIC, True), ("", False)]
)
def test_a_line_runs_the_way_of_its_first_letter(text: str, right: bool) -> None:
    assert runs_from_right(text) is right


@pytest.mark.parametrize(
    "text", ["Æbleø – “ja”", "Привіт", ARABIC, "سلام، می‌آیم", TIGRINYA, "İğüş țș żółć", "🙂"]
)
def test_every_launch_language_can_be_drawn(text: str) -> None:
    assert drawable(text) == text


def test_a_sign_that_no_font_has_leaves_its_number() -> None:
    assert drawable("a漢\u2068b\u2069") == "a[U+6F22]b"


def test_the_pdf_has_numbered_pages_and_all_that_was_written() -> None:
    long = "Vi ses på værkstedet. " * 60
    bodies = [entry(f"{number}: {long}", id=number) for number in range(1, 9)]
    pages = PdfReader(io.BytesIO(as_pdf(of(*bodies, entry(ARABIC), entry(TIGRINYA + " 🙂"))))).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert f"side {number} af {len(pages)}" in page.extract_text().replace("\xa0", " ")
    assert "8: Vi ses på værkstedet." in "".join(page.extract_text() for page in pages)


def test_a_word_longer_than_the_line_and_an_empty_thread_are_no_trouble() -> None:
    assert as_pdf(of(entry("x" * 3000))).startswith(b"%PDF-")
    assert as_pdf(of()).startswith(b"%PDF-")


@pytest.mark.parametrize("sign", ["\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_no_sign_that_a_program_takes_for_a_new_line_lets_words_look_like_ours(sign: str) -> None:
    forged = "18. nov. 2026 11.00  Lone Kjær (portal)"
    text = as_text(of(entry(f"Hej{sign}{forged}")))
    assert INDENT + forged in text.splitlines() and forged not in text.splitlines()


def test_a_check_in_and_its_reply_stand_in_it_with_what_the_reply_was_taken_for() -> None:
    asked = entry("Gik turen godt?", kind="check_in", author="staff", staff_name="Lone Kjær", channel="sms")
    reply = entry(
        "ja tak", kind="check_in_answer", channel="sms", answered=ReplyKind.YES_NO, understood="yes"
    )
    text = as_text(of(asked, reply))
    for words in ("Gik turen godt?", "Spørgsmål på SMS", "ja tak", "Forstået som: JA"):
        assert words in text


def test_a_shipped_question_that_has_not_gone_out_is_worded_in_it() -> None:
    key = next(iter(TEMPLATES))
    planned = entry(f"{SHIPPED}{key}", kind="check_in", author="staff", staff_name="Lone Kjær", channel="sms")
    assert T(f"{SHIPPED}{key}") in as_text(of(planned))
