"""What Twilio calls: incoming SMS and receipts, each signed by it. Exists only where Twilio is the gateway."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar
from urllib.parse import parse_qsl

import structlog
from flask import Blueprint, Response, abort, request
from werkzeug.datastructures import MultiDict

from messaging.gateway import BadCallback
from messaging.twilio_gateway import parse_inbound, parse_receipt, verify_signature
from portal.services import callbacks
from portal.services.callbacks import Taken
from portal.web.context import now, portal
from portal.web.guards import public

log = structlog.get_logger("webhooks")
webhooks = Blueprint("webhooks", __name__, url_prefix="/webhooks/twilio")

LARGEST = 64 * 1024
"""Bytes; the longest SMS with all that Twilio says of it is a tenth of this."""
FORM = "application/x-www-form-urlencoded"
NO_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
Parsed = TypeVar("Parsed")


@webhooks.post("/inbound")
@public("Twilio signs it")
def take_sms() -> Response:
    sms = _understood(parse_inbound, _signed_fields())
    taken = callbacks.take_sms(portal(), sms, now())
    if taken is Taken.NOBODYS:
        log.warning("an SMS to a number that is no municipality's")
    # Twilio takes a 404 for final, and shows it to whoever set up the number.
    return Response(NO_ANSWER, 404 if taken is Taken.NOBODYS else 200, content_type="text/xml")


@webhooks.post("/status/<reference>")
@public("Twilio signs it")
def take_status(reference: str) -> Response:
    receipt = _understood(lambda fields: parse_receipt(fields, reference), _signed_fields())
    callbacks.take_status(portal(), receipt, now())
    return Response(status=204)


def _signed_fields() -> MultiDict[str, str]:
    """The posted fields. 413 or 400 for what is no form, 403 for what Twilio has not signed."""
    fields = _fields()
    account = portal().settings.twilio
    signature = request.headers.get("X-Twilio-Signature", "")
    if account is None or not verify_signature(account.auth_token, _called_address(), fields, signature):
        _refuse(403, "signature")
    return fields


def _fields() -> MultiDict[str, str]:
    request.max_content_length = LARGEST
    if request.mimetype != FORM:
        _refuse(400, "content type")
    try:
        # Strictly: Flask's own parser would put marks in the place of what it cannot read.
        pairs = parse_qsl(
            request.get_data().decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200
        )
    except ValueError:
        _refuse(400, "encoding")
    return MultiDict(pairs)


def _called_address() -> str:
    """As Twilio knows it: behind a proxy, our own host and scheme are others."""
    query = request.query_string.decode("latin-1")
    return f"{portal().settings.public_url}{request.path}{'?' if query else ''}{query}"


def _understood(parse: Callable[[MultiDict[str, str]], Parsed], fields: MultiDict[str, str]) -> Parsed:
    try:
        return parse(fields)
    except BadCallback as error:
        _refuse(400, str(error))


def _refuse(status: int, why: str) -> NoReturn:
    log.warning("callback refused", why=why)
    abort(status)
