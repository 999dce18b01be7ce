"""A process that empties the outbox: the product's own worker code, or the bare claims and commits, each
message's own or shared. It begins at a
line on its standard input and answers with the number it sent.

Usage: ``python -m bench.sending product|bare|shared DATABASE_URL``. The gateway takes everything at once, so that only
what is ours is measured.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable
from typing import Any

from bench import bare_sending
from database import encryption
from messaging.gateway import Accepted, Outcome, OutgoingSms
from portal.app import build_portal
from portal.config import Settings, TwilioAccount
from portal.runtime import Portal
from portal.services import background
from tests.conftest import KEYRING


class TakesAll:
    name = "takes_all"

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def send(self, sms: OutgoingSms) -> Outcome:
        return Accepted(f"{os.getpid()}-{sms.callback_reference}-{next(self._numbers)}")


def product(url: str) -> Callable[[], int]:
    portal = portal_on(url)
    portal.gateway = TakesAll()
    return lambda: sum(iter(lambda: background.deliver(portal).claimed, 0))


def portal_on(url: str, **others: Any) -> Portal:
    """With as many threads as the bare measure has, and a gateway that is never to be called."""
    encryption.use(KEYRING)
    settings = Settings(
        secret_key="a secret key that serves measuring only",
        encryption_keys=KEYRING.encryption_keys,
        index_secret=KEYRING.index_secret,
        database_url=url,
        gateway="twilio",
        twilio=TwilioAccount("AC", "none is called"),
        sending_threads=bare_sending.THREADS,
        **others,
    )
    return build_portal(settings)


def main(kind: str, url: str) -> None:
    drain = {"product": product, "bare": bare_sending.on, "shared": bare_sending.shared_on}[kind](url)
    print("ready", flush=True)
    for _ in sys.stdin:
        print(drain(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
