"""Twilio: the one door to its library. Sending, its signed callbacks, and its codes in our words.

Codes: https://www.twilio.com/docs/api/errors. Twilio has no idempotency key, so whatever leaves it open
whether a message was taken is Unsure and never simply sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from messaging import whatsapp
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
)
from messaging.http_calls import TIMEOUT_SECONDS, TURNED_AWAY, never_left, turned_away
from messaging.message import Status

NAME = "twilio"
API = "https://api.twilio.com"

_DEAD_NUMBER = {
    21211: Trouble.NUMBER_INVALID,
    21217: Trouble.NUMBER_INVALID,
    21614: Trouble.NUMBER_CANNOT_RECEIVE,
    21635: Trouble.NUMBER_CANNOT_RECEIVE,
}
_OPTED_OUT = 21610
# The sender, the account or its permissions are wrong: every message would fare the same.
_OUR_SETUP = frozenset({20003, 20005, 20404, 21212, 21408, 21603, 21606, 21659, 21660, 21661})
_THAT_COUNTRY = 21408
_SETUP_STATUSES = frozenset({401, 403, 404})

_RECEIPT_TROUBLE = {
    30003: Trouble.PHONE_UNREACHABLE,
    30004: Trouble.BLOCKED,
    30005: Trouble.NUMBER_NOT_IN_USE,
    30006: Trouble.NUMBER_CANNOT_RECEIVE,
    30007: Trouble.FILTERED,
    21610: Trouble.OPTED_OUT,
    63016: Trouble.WINDOW_CLOSED,
}
_RECEIPT_PERMANENT = frozenset({Trouble.NUMBER_NOT_IN_USE, Trouble.NUMBER_CANNOT_RECEIVE})
_STATUSES = {
    "accepted": Status.SENT,
    "scheduled": Status.SENT,
    "queued": Status.SENT,
    "sending": Status.SENT,
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.DELIVERED,
    "undelivered": Status.UNDELIVERED,
    "partially_delivered": Status.UNDELIVERED,
    "failed": Status.FAILED,
    "canceled": Status.FAILED,
}


class TwilioGateway:
    """Sends through one Twilio account.

    `status_url` makes the callback address of a reference; `api_url` is another server that speaks Twilio.
    """

    name = NAME

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        status_url: Callable[[str], str],
        api_url: str = API,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        self._status_url = status_url
        self._client = Client(account_sid, auth_token, http_client=_HttpClient(api_url, timeout))

    def send(self, sms: OutgoingSms) -> Outcome:
        try:
            message = self._client.messages.create(
                to=sms.to,
                from_=sms.sender,
                body=sms.text,
                status_callback=self._status_url(sms.callback_reference),
            )
        except _TurnedAwayError as error:
            return error.busy
        except (TwilioRestException, TwilioServiceException) as error:
            return _refusal(error)
        except requests.RequestException as error:
            return Busy(Trouble.NO_CONNECTION) if never_left(error) else Unsure(Trouble.NO_ANSWER)
        except (TwilioException, ValueError, LookupError, TypeError, AttributeError):
            return Unsure(Trouble.NO_ANSWER)  # an answer that is not Twilio's: from a proxy, or cut off
        return Accepted(message.sid) if message.sid else Unsure(Trouble.NO_ANSWER)


def verify_signature(auth_token: str, url: str, params: Mapping[str, str], signature: str) -> bool:
    """Whether Twilio signed this callback. `url` is the public address as Twilio called it, query included.

    `params` are the posted fields; a MultiDict keeps repeated ones.
    """
    return bool(RequestValidator(auth_token).validate(url, params, signature))


def parse_inbound(params: Mapping[str, str]) -> InboundSms:
    """An incoming SMS, or message on WhatsApp. Raises BadCallback when a field is missing or NumMedia is no number."""
    media = params.get("NumMedia") or "0"
    if not (media.isascii() and media.isdigit() and len(media) < 4):
        raise BadCallback("NumMedia")
    return InboundSms(
        provider=NAME,
        provider_id=_field(params, "MessageSid"),
        from_=whatsapp.number_of(_field(params, "From")),
        to=_field(params, "To"),
        text=params.get("Body", ""),
        media_count=int(media),
    )


def parse_receipt(params: Mapping[str, str], reference: str = "") -> Receipt:
    """A status callback. Raises BadCallback when a field is missing or the status is none of Twilio's."""
    status = _STATUSES.get(_field(params, "MessageStatus"))
    if status is None:
        raise BadCallback("MessageStatus")
    code = params.get("ErrorCode") or ""
    trouble = _receipt_trouble(status, code)
    return Receipt(
        provider=NAME,
        provider_id=_field(params, "MessageSid"),
        status=status,
        error_code=code[:40],
        reason=trouble,
        permanent=trouble in _RECEIPT_PERMANENT,
        reference=reference,
    )


class _TurnedAwayError(Exception):
    """The request was not taken; Twilio's own exception would forget when to come back."""

    def __init__(self, busy: Busy) -> None:
        super().__init__(busy.code)
        self.busy = busy


class _HttpClient(TwilioHttpClient):  # type: ignore[misc]  # the library has no types
    """Twilio's client with a timeout (it has none by itself) and, in tests, another server."""

    def __init__(self, api_url: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._api_url = api_url.rstrip("/")

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        response = super().request(method, url.replace(API, self._api_url, 1), *args, **kwargs)
        if response.status_code in TURNED_AWAY:
            raise _TurnedAwayError(turned_away(response.status_code, response.headers))
        return response


def _refusal(error: TwilioRestException | TwilioServiceException) -> Outcome:
    code = error.code if isinstance(error.code, int) else error.status
    if not 400 <= error.status < 500:  # a redirect is from a proxy: Twilio sends none
        return Unsure(Trouble.PROVIDER_DOWN if error.status >= 500 else Trouble.NO_ANSWER)
    if code == _OPTED_OUT:
        return Refused(str(code), Trouble.OPTED_OUT, permanent=True, opted_out=True)
    if code in _DEAD_NUMBER:
        return Refused(str(code), _DEAD_NUMBER[code], permanent=True)
    if code in _OUR_SETUP or error.status in _SETUP_STATUSES:
        trouble = Trouble.CREDENTIALS if error.status == 401 else Trouble.SENDER_SETUP
        return Busy(trouble, code=str(code), alarm=True, others_may_go=code == _THAT_COUNTRY)
    return Refused(str(code), Trouble.REFUSED)


def _receipt_trouble(status: Status, code: str) -> Trouble | None:
    if status not in {Status.UNDELIVERED, Status.FAILED}:
        return None
    number = int(code) if code.isascii() and code.isdigit() else 0
    return _RECEIPT_TROUBLE.get(number) or _DEAD_NUMBER.get(number, Trouble.REFUSED)


def _field(params: Mapping[str, str], name: str) -> str:
    value = params.get(name, "")
    if not value or len(value) > 64 or not value.isprintable():
        raise BadCallback(name)
    return value
