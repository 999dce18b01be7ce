"""What the callbacks of all providers share: a small readable request, an answer in numbers, a line in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

import structlog
from flask import abort, request

from messaging.gateway import BadCallback, InboundSms, Receipt
from portal.services import callbacks
from portal.services.callbacks import Taken
from portal.web.context import now, portal

log = structlog.get_logger("webhooks")

LARGEST = 64 * 1024
"""Bytes; the longest SMS with all that a provider says of it is a tenth of this."""
Parsed = TypeVar("Parsed")
Said = TypeVar("Said")


def body() -> bytes:
    """What was posted; 413 when it is more than any SMS could be."""
    request.max_content_length = LARGEST
    return request.get_data()


def understood(parse: Callable[[Said], Parsed], said: Said) -> Parsed:
    """400 for a callback that does not say what it must."""
    try:
        return parse(said)
    except BadCallback as error:
        refuse(400, str(error))


def take_sms(sms: InboundSms) -> int:
    """The status to answer with: 404 tells whoever set up the number that it is no municipality's here."""
    if callbacks.take_sms(portal(), sms, now()) is Taken.NOBODYS:
        log.warning("an SMS to a number that is no municipality's")
        return 404
    return 200


def take_status(receipt: Receipt) -> None:
    callbacks.take_status(portal(), receipt, now())


def refuse(status: int, why: str) -> NoReturn:
    log.warning("callback refused", why=why)
    abort(status)
