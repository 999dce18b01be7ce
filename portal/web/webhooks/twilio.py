"""What Twilio calls: incoming SMS and receipts, each signed by it. Exists only where Twilio is a gateway."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from messaging.twilio_gateway import parse_inbound, parse_receipt, verify_signature
from portal.web.context import portal
from portal.web.guards import public
from portal.web.webhooks.callbacks import body, refuse, take_sms, take_status, understood

blueprint = Blueprint("twilio", __name__, url_prefix="/webhooks/twilio")

FORM = "application/x-www-form-urlencoded"
NO_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


@blueprint.post("/inbound")
@public("Twilio signs it")
def hear_sms() -> Response:
    # Twilio takes a 404 for final, and shows it to whoever set up the number.
    status = take_sms(understood(parse_inbound, _signed_fields()))
    return Response(NO_ANSWER, status, content_type="text/xml")


@blueprint.post("/status/<reference>")
@public("Twilio signs it")
def hear_status(reference: str) -> Response:
    take_status(understood(lambda fields: parse_receipt(fields, reference), _signed_fields()))
    return Response(status=204)


def _signed_fields() -> MultiDict[str, str]:
    """The posted fields. 413 or 400 for what is no form, 403 for what Twilio has not signed."""
    fields = _fields()
    account = portal().settings.twilio
    signature = request.headers.get("X-Twilio-Signature", "")
    if account is None or not verify_signature(account.auth_token, _called_address(), fields, signature):
        refuse(403, "signature")
    return fields


def _fields() -> MultiDict[str, str]:
    posted = body()
    if request.mimetype != FORM:
        refuse(400, "content type")
    try:
        # Strictly: Flask's own parser would put marks in the place of what it cannot read.
        pairs = parse_qsl(posted.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        refuse(400, "encoding")
    return MultiDict(pairs)


def _called_address() -> str:
    """As Twilio knows it: behind a proxy, our own host and scheme are others."""
    query = request.query_string.decode("latin-1")
    return f"{portal().settings.public_url}{request.path}{'?' if query else ''}{query}"
