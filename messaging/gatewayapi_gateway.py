"""GatewayAPI (gatewayapi.com, or gatewayapi.eu with all data in the EU): sending by REST, its signed callbacks.

From its documentation (https://gatewayapi.com/docs/apis/rest/, /docs/errors/): `POST /rest/mtsms` with JSON, the
token as the user name of basic authentication, the shape of answers and errors, the states and codes of receipts.
It calls the addresses that are set up in its dashboard, and puts a JWT (HS256, by the secret set up with the address)
into `X-Gwapi-Signature`. That JWT holds all the callback says, so the body is not read; and a message names no
address of its own, because the documentation promises a signature only for addresses of the dashboard.

Not documented, and so taken in the way that loses nothing: 429 and Retry-After; how an impossible number or a name
that may not be used is refused (a plain refusal here, which says nothing of the number). There is no idempotency
key: whatever leaves it open whether a message was taken is Unsure and never simply sent again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import jwt

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

NAME = "gatewayapi"
API = "https://gatewayapi.com"
"""The European platform is https://gatewayapi.eu: another account, the same interface."""
SIGNATURE = "X-Gwapi-Signature"

_BLACKLISTED = "0x0215"
_SENT_IT_JUST_NOW = "0x0214"
"""The same text to the same number is turned away for a while."""
_THAT_COUNTRY = "0x0217"
# Account, credit, classes, permissions: every message would fare the same.
_OUR_SETUP = frozenset(f"0x{code:04X}" for code in (*range(0x0210, 0x0214), *range(0x0216, 0x0229)))
_SETUP_STATUSES = frozenset({401, 403, 404, 405})
_REFUSALS = frozenset({400, 422})

_STATUSES = {
    "UNKNOWN": Status.SENT,
    "SCHEDULED": Status.SENT,
    "BUFFERED": Status.SENT,
    "ENROUTE": Status.SENT,
    "ACCEPTED": Status.SENT,  # by the network; whether it reached the phone is not said
    "DELIVERED": Status.DELIVERED,
    "EXPIRED": Status.UNDELIVERED,
    "UNDELIVERABLE": Status.UNDELIVERED,
    "REJECTED": Status.UNDELIVERED,
    "SKIPPED": Status.UNDELIVERED,
    "DELETED": Status.FAILED,
}
_TROUBLE_OF_STATUS = {
    "EXPIRED": Trouble.PHONE_UNREACHABLE,
    "UNDELIVERABLE": Trouble.NUMBER_CANNOT_RECEIVE,
    "SKIPPED": Trouble.FILTERED,
}
_TROUBLE_OF_CODE = (
    dict.fromkeys((0x1010, 0x1020, 0x1040), Trouble.NUMBER_NOT_IN_USE)
    | dict.fromkeys((0x1060, 0x1061, 0x1062, 0x1084), Trouble.NUMBER_INVALID)
    | dict.fromkeys((0x1012, 0x1025, 0x1026, 0x102C), Trouble.NUMBER_CANNOT_RECEIVE)
    | dict.fromkeys((0x1011, *range(0x1030, 0x103D)), Trouble.BLOCKED)
    | dict.fromkeys((0x1013, 0x1018, 0x1019, 0x1021, 0x1022, 0x1023, 0x102A), Trouble.PHONE_UNREACHABLE)
)
_DEAD_NUMBER = frozenset({Trouble.NUMBER_NOT_IN_USE, Trouble.NUMBER_INVALID, Trouble.NUMBER_CANNOT_RECEIVE})


class GatewayApiGateway:
    """Sends through one GatewayAPI account; `api_url` is its platform."""

    name = NAME

    def __init__(self, token: str, api_url: str = API, timeout: float = TIMEOUT_SECONDS) -> None:
        self._token = token
        self._url = f"{api_url.rstrip('/')}/rest/mtsms"
        self._caller = Caller(timeout)

    def send(self, sms: OutgoingSms) -> Outcome:
        setup = wrong_sender(sms.sender)
        if setup is not None:
            return setup
        answer = self._caller.post(self._url, json=_request(sms), auth=(self._token, ""))
        return _outcome(answer) if isinstance(answer, Answer) else answer


def signed_claims(secret: str, token: str) -> Mapping[str, Any] | None:
    """What the JWT of a callback says; None when GatewayAPI has not signed it with this secret."""
    try:
        claims: Mapping[str, Any] = jwt.decode(token, secret, algorithms=["HS256"])
    except jwt.PyJWTError:
        return None
    return claims


def parse_inbound(claims: Mapping[str, Any]) -> InboundSms:
    """An incoming SMS. Raises BadCallback when a field is missing or is not what it must be."""
    text = claims.get("message") or ""
    if not isinstance(text, str):
        raise BadCallback("message")
    return InboundSms(
        provider=NAME,
        provider_id=_number(claims, "id"),
        from_=f"+{_number(claims, 'msisdn')}",
        to=f"+{_number(claims, 'receiver')}",
        text=text,
    )


def parse_receipt(claims: Mapping[str, Any]) -> Receipt:
    """A status callback. Raises BadCallback when a field is missing or the status is none of GatewayAPI's."""
    word = claims.get("status")
    status = _STATUSES.get(word) if isinstance(word, str) else None
    if not isinstance(word, str) or status is None:
        raise BadCallback("status")
    reference = claims.get("userref") or ""
    if not isinstance(reference, str):
        raise BadCallback("userref")
    code = str(claims.get("code") or "")[:40]
    trouble = _receipt_trouble(status, word, code)
    return Receipt(
        provider=NAME,
        provider_id=_number(claims, "id"),
        status=status,
        error_code=code,
        reason=trouble,
        permanent=trouble in _DEAD_NUMBER,
        reference=reference,
    )


def _request(sms: OutgoingSms) -> dict[str, object]:
    """A number without its plus; GSM-7 is what they call UTF8, and it has no room for anything else."""
    needs_ucs2 = measure(sms.text).encoding is Encoding.UCS2
    return {
        "sender": sms.sender.removeprefix("+"),
        "message": sms.text,
        "encoding": "UCS2" if needs_ucs2 else "UTF8",
        "userref": sms.callback_reference,
        "recipients": [{"msisdn": int(sms.to.removeprefix("+"))}],
    }


def _outcome(answer: Answer) -> Outcome:
    said = _json(answer.body)
    if answer.status == 200:
        return _accepted(said)
    code = str(said.get("code") or answer.status)[:40]
    if code == _BLACKLISTED:
        return Refused(code, Trouble.BLOCKED, permanent=True)
    if code == _SENT_IT_JUST_NOW:
        return Busy(Trouble.TOO_MANY_REQUESTS, code=code, others_may_go=True)
    if code in _OUR_SETUP or answer.status in _SETUP_STATUSES:
        trouble = Trouble.CREDENTIALS if answer.status == 401 else Trouble.SENDER_SETUP
        return Busy(trouble, code=code, alarm=True, others_may_go=code == _THAT_COUNTRY)
    if answer.status in _REFUSALS:
        return Refused(code, Trouble.REFUSED)
    return Unsure(Trouble.PROVIDER_DOWN if answer.status >= 500 else Trouble.NO_ANSWER)


def _accepted(said: Mapping[str, Any]) -> Outcome:
    ids = said.get("ids")
    if isinstance(ids, list) and len(ids) == 1 and isinstance(ids[0], int):
        return Accepted(str(ids[0]))
    return Unsure(Trouble.NO_ANSWER)


def _json(body: bytes) -> Mapping[str, Any]:
    """Nothing, where the answer is not GatewayAPI's: from a proxy, or cut off."""
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _receipt_trouble(status: Status, word: str, code: str) -> Trouble | None:
    if status not in {Status.UNDELIVERED, Status.FAILED}:
        return None
    try:
        number = int(code, 16)
    except ValueError:
        number = 0
    return _TROUBLE_OF_CODE.get(number) or _TROUBLE_OF_STATUS.get(word, Trouble.REFUSED)


def _number(claims: Mapping[str, Any], name: str) -> str:
    """A whole number above zero of at most 20 digits, as they write ids and phone numbers."""
    value = claims.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 10**20:
        raise BadCallback(name)
    return str(value)
