"""What Kannel calls: incoming SMS and receipts, each with the secret. Exists only where Kannel is a gateway."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Blueprint, Response, request

from messaging.kannel_gateway import Posted, is_kannel, parse_inbound, parse_receipt
from portal.config import KannelAccount
from portal.web.context import portal
from portal.web.guards import public
from portal.web.webhooks.callbacks import body, refuse, take_sms, take_status, understood

blueprint = Blueprint("kannel", __name__, url_prefix="/webhooks/kannel")


@blueprint.post("/inbound")
@public("Kannel knows the secret")
def hear_sms() -> Response:
    body()
    _let_in()
    return Response(status=take_sms(understood(parse_inbound, _posted())))


@blueprint.get("/status/<reference>")
@public("Kannel knows the secret")
def hear_status(reference: str) -> Response:
    _let_in()
    take_status(understood(lambda fields: parse_receipt(fields, reference), request.args))
    return Response(status=204)


def _posted() -> Posted:
    from_, to, coding = (request.headers.get(f"X-Kannel-{name}", "") for name in ("From", "To", "Coding"))
    charset = request.mimetype_params.get("charset", "utf-8")
    return Posted(request.args.get("id", ""), from_, to, coding, charset, body())


def _let_in() -> None:
    """403 for who does not know the secret, or calls from elsewhere than Kannel may."""
    account, said = portal().settings.kannel, request.authorization
    if (
        account is None
        or said is None
        or not is_kannel(account.callback_secret, said.username, said.password)
    ):
        refuse(403, "secret")
    if not _may_call(account, request.remote_addr):
        refuse(403, "address")


def _may_call(account: KannelAccount, address: str | None) -> bool:
    if not account.allowed_networks:
        return True
    try:
        caller = ip_address(address or "")
    except ValueError:  # a proxy may write anything
        return False
    return any(caller in network for network in account.allowed_networks)
