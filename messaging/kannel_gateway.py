"""Kannel (kannel.org), the municipality's own gateway: sending through its smsbox, and what smsbox calls.

Tried against Debian's Kannel 1.4.5 (`tests/integration/test_kannel.py`): a message goes by `POST /cgi-bin/sendsms` as
text with `X-Kannel-` headers, so that neither its words nor the password stand in an address that somebody logs. Kannel
gives no id of its own: our reference serves. Its user guide (chapter 6) tells the receipts' states.

Kannel signs nothing. Its callbacks carry a secret as the password of basic authentication, which Kannel sends for an
address of the form `https://kannel:SECRET@…`; a secret in the path would stand in every log on the way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import urlsplit

from messaging.gateway import (
    Accepted,
    BadCallback,
    Busy,
    InboundSms,
    Outcome,
    OutgoingSms,
    Receipt,
    Refused,
    Trouble,
    Unsure,
    wrong_sender,
)
from messaging.http_calls import TIMEOUT_SECONDS, Answer, Caller
from messaging.message import Status
from messaging.segments import Encoding, measure

NAME = "kannel"
CALLER = "kannel"
"""The user name of its callbacks."""

_TAKEN = (b"0:", b"3:")  # for delivery; for later, while its own line is down
_FINAL_STATES = "19"  # delivered 1, not delivered 2, refused by the operator 16
_SETUP_STATUSES = frozenset({401, 403, 404, 405})
_STATUSES = {
    "1": Status.DELIVERED,
    "2": Status.UNDELIVERED,
    "4": Status.SENT,
    "8": Status.SENT,
    "16": Status.FAILED,
}
_INVALID_DESTINATION = re.compile(r"NACK/0x0000000b\b", re.IGNORECASE)
"""SMPP 3.4 §5.1.3, ESME_RINVDSTADR, as Kannel hands an operator's refusal on."""
_EXPIRED = re.compile(r"\bstat:EXPIRED\b")
"""SMPP 3.4, appendix B: the usual text of a receipt."""
_CHARSETS = frozenset({"utf-8", "utf-16be", "iso-8859-1", "windows-1252", "us-ascii"})
_DATA = "1"
_ABROAD = re.compile(r"[1-9]\d{9,14}")


class KannelGateway:
    """Sends through one smsbox at `url`. `status_url` is ours, with the secret, and takes the reference at its end."""

    name = NAME

    def __init__(
        self, url: str, username: str, password: str, status_url: str, timeout: float = TIMEOUT_SECONDS
    ) -> None:
        self._url = f"{url.rstrip('/')}/cgi-bin/sendsms"
        self._credentials = {"X-Kannel-Username": username, "X-Kannel-Password": password}
        self._status_url = status_url
        self._caller = Caller(timeout)

    def send(self, sms: OutgoingSms) -> Outcome:
        setup = wrong_sender(sms.sender)
        if setup is not None:
            return setup
        answer = self._caller.post(self._url, data=sms.text.encode(), headers=self._headers(sms))
        return _outcome(answer, sms.callback_reference) if isinstance(answer, Answer) else answer

    def _headers(self, sms: OutgoingSms) -> dict[str, str | bytes]:
        needs_ucs2 = measure(sms.text).encoding is Encoding.UCS2
        return {
            **self._credentials,
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Coding": "2" if needs_ucs2 else "0",
            "X-Kannel-To": sms.to,
            "X-Kannel-From": sms.sender.encode(),
            "X-Kannel-DLR-Mask": _FINAL_STATES,
            "X-Kannel-DLR-URL": f"{self._status_url}/{sms.callback_reference}?status=%d&answer=%A",
        }


def status_url(portal_url: str, secret: str) -> str:
    """Where Kannel reports to. It reads the password as it stands: letters, digits, - and _ only."""
    parts = urlsplit(portal_url)
    return f"{parts.scheme}://{CALLER}:{secret}@{parts.netloc}/webhooks/kannel/status"


def is_kannel(secret: str, username: str | None, password: str | None) -> bool:
    """Whether a callback knows the secret; the time it takes to see tells nothing of it."""
    return username == CALLER and compare_digest(secret.encode(), (password or "").encode())


@dataclass(frozen=True)
class Posted:
    """An incoming SMS as smsbox posts it: `message_id` is its %I, the next three are its X-Kannel- headers."""

    message_id: str
    from_: str
    to: str
    coding: str
    charset: str
    body: bytes


def parse_inbound(posted: Posted) -> InboundSms:
    """An incoming SMS. Raises BadCallback when a field is missing, or the text is not in its own charset.

    What is no text (an 8-bit message) counts as a picture: it cannot be shown.
    """
    is_data = posted.coding == _DATA
    return InboundSms(
        provider=NAME,
        provider_id=_field(posted.message_id, "id"),
        from_=_e164(_field(posted.from_, "from")),
        to=_e164(_field(posted.to, "to")),
        text="" if is_data else _text(posted),
        media_count=1 if is_data else 0,
    )


def parse_receipt(fields: Mapping[str, str], reference: str) -> Receipt:
    """`status` is %d, `answer` %A: the operator's own words. Raises BadCallback for a status Kannel does not have."""
    status = _STATUSES.get(fields.get("status", ""))
    if status is None:
        raise BadCallback("status")
    answer = "".join(filter(str.isprintable, fields.get("answer", "")))
    trouble = _trouble(status, answer)
    return Receipt(
        provider=NAME,
        provider_id=_field(reference, "reference"),
        status=status,
        error_code=answer[:40] if trouble else "",
        reason=trouble,
        permanent=trouble is Trouble.NUMBER_INVALID,
        reference=reference,
    )


def _outcome(answer: Answer, reference: str) -> Outcome:
    if answer.status == 202:
        return Accepted(reference) if answer.body.startswith(_TAKEN) else Unsure(Trouble.NO_ANSWER)
    code = str(answer.status)
    if answer.status in _SETUP_STATUSES:
        trouble = Trouble.CREDENTIALS if answer.status in {401, 403} else Trouble.SENDER_SETUP
        return Busy(trouble, code=code, alarm=True)
    if answer.status == 400:
        return Refused(code, Trouble.REFUSED)
    return Unsure(Trouble.PROVIDER_DOWN if answer.status >= 500 else Trouble.NO_ANSWER)


def _trouble(status: Status, answer: str) -> Trouble | None:
    if status not in {Status.UNDELIVERED, Status.FAILED}:
        return None
    if _INVALID_DESTINATION.search(answer):
        return Trouble.NUMBER_INVALID
    return Trouble.PHONE_UNREACHABLE if _EXPIRED.search(answer) else Trouble.REFUSED


def _text(posted: Posted) -> str:
    charset = posted.charset.lower()
    if charset not in _CHARSETS:
        raise BadCallback("charset")
    try:
        return posted.body.decode(charset)
    except UnicodeDecodeError as error:
        raise BadCallback("encoding") from error


def _e164(number: str) -> str:
    """Operators write numbers with 00, with + or with neither; short codes and names stay as they are."""
    figures = number.removeprefix("00")
    return f"+{figures}" if _ABROAD.fullmatch(figures) else number


def _field(value: str, name: str) -> str:
    if not value or len(value) > 64 or not value.isprintable():
        raise BadCallback(name)
    return value
