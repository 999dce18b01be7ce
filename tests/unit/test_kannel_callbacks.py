"""What Kannel's callbacks say, and who may make them."""

from __future__ import annotations

import pytest

from messaging.gateway import BadCallback, Trouble
from messaging.kannel_gateway import Posted, is_kannel, parse_inbound, parse_receipt, status_url
from messaging.message import Status


def posted(
    *, from_: str = "+4510111111", to: str = "+4510900000", coding: str = "0", charset: str = "UTF-8",
    body: bytes = b"Ja",
) -> Posted:  # fmt: skip
    return Posted("id-1", from_, to, coding, charset, body)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("+4510111111", "+4510111111"),
        ("4510111111", "+4510111111"),
        ("004510111111", "+4510111111"),
        ("10111111", "10111111"),
        ("1204", "1204"),
        ("Aakoebing", "Aakoebing"),
    ],
)
def test_a_number_is_read_however_the_operator_writes_it(number: str, read: str) -> None:
    sms = parse_inbound(posted(from_=number, to=number))
    assert (sms.from_, sms.to) == (read, read)


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("UTF-8", "Ja – æ".encode()),
        ("UTF-16BE", "Ja – æ".encode("utf-16-be")),
        ("windows-1252", "Ja – æ".encode("cp1252")),
    ],
)
def test_a_text_is_read_in_the_charset_it_names(charset: str, body: bytes) -> None:
    assert parse_inbound(posted(charset=charset, body=body)).text == "Ja – æ"


@pytest.mark.parametrize(("charset", "why"), [("UTF-8", "encoding"), ("koi8-r", "charset"), ("", "charset")])
def test_a_text_that_cannot_be_read_is_refused(charset: str, why: str) -> None:
    with pytest.raises(BadCallback, match=why):
        parse_inbound(posted(charset=charset, body=b"\xff\xfe"))


def test_what_is_no_text_counts_as_a_picture() -> None:
    sms = parse_inbound(posted(coding="1", body=b"\xff\x00"))
    assert (sms.text, sms.media_count) == ("", 1)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("1", Status.DELIVERED),
        ("2", Status.UNDELIVERED),
        ("4", Status.SENT),
        ("8", Status.SENT),
        ("16", Status.FAILED),
    ],
)
def test_a_receipt_speaks_our_statuses(word: str, status: Status) -> None:
    assert parse_receipt({"status": word}, "ref").status is status


@pytest.mark.parametrize("word", ["", "0", "3", "32", "01", "delivered"])
def test_a_receipt_in_strange_words_is_refused(word: str) -> None:
    with pytest.raises(BadCallback, match="status"):
        parse_receipt({"status": word}, "ref")


@pytest.mark.parametrize(
    ("word", "answer", "trouble", "permanent"),
    [
        ("16", "NACK/0x0000000b/Invalid Destination Address", Trouble.NUMBER_INVALID, True),
        ("16", "NACK/0x00000058/Throttling error", Trouble.REFUSED, False),
        ("2", "id:1 sub:001 dlvrd:000 stat:EXPIRED err:010 text:", Trouble.PHONE_UNREACHABLE, False),
        ("2", "id:1 sub:001 dlvrd:000 stat:UNDELIV err:010 text:", Trouble.REFUSED, False),
        ("2", "", Trouble.REFUSED, False),
    ],
)
def test_what_the_operator_says_is_told_in_our_words(
    word: str, answer: str, trouble: Trouble, permanent: bool
) -> None:
    receipt = parse_receipt({"status": word, "answer": answer}, "ref")
    assert (receipt.reason, receipt.permanent, receipt.error_code) == (trouble, permanent, answer[:40])


def test_what_the_operator_says_of_a_delivered_message_is_no_error() -> None:
    receipt = parse_receipt({"status": "1", "answer": "ACK/"}, "ref")
    assert (receipt.reason, receipt.error_code) == (None, "")


def test_only_who_knows_the_secret_is_kannel() -> None:
    assert is_kannel("secret", "kannel", "secret")
    assert not is_kannel("secret", "kannel", "Secret")
    assert not is_kannel("secret", "kannel", "sæcret")
    assert not is_kannel("secret", "somebody", "secret")
    assert not is_kannel("secret", "kannel", None)
    assert not is_kannel("secret", None, None)


def test_kannel_reports_to_the_portal_with_the_secret_before_its_name() -> None:
    assert status_url("https://svar.by.dk:8443", "s-e_cret") == (
        "https://kannel:s-e_cret@svar.by.dk:8443/webhooks/kannel/status"
    )
