"""What GatewayAPI calls: incoming SMS and receipts, each said by a signed token. Only where it is a gateway.

It calls again for about fifteen hours until it hears a 2xx.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from messaging.gatewayapi_gateway import SIGNATURE, parse_inbound, parse_receipt, signed_claims
from portal.web.context import portal
from portal.web.guards import public
from portal.web.webhooks.callbacks import body, refuse, take_sms, take_status, understood

blueprint = Blueprint("gatewayapi", __name__, url_prefix="/webhooks/gatewayapi")


@blueprint.post("/inbound")
@public("GatewayAPI signs it")
def hear_sms() -> Response:
    return Response(status=take_sms(understood(parse_inbound, _claims())))


@blueprint.post("/status")
@public("GatewayAPI signs it")
def hear_status() -> Response:
    take_status(understood(parse_receipt, _claims()))
    return Response(status=204)


def _claims() -> Mapping[str, Any]:
    """All that the callback says stands in its token: the body, which nobody signed, is not read."""
    body()
    account = portal().settings.gatewayapi
    claims = account and signed_claims(account.callback_secret, request.headers.get(SIGNATURE, ""))
    if not claims:
        refuse(403, "signature")
    return claims
