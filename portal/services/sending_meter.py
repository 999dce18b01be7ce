"""While words to many are written: what they would be as SMS, for whoever of the first in each language gets the
longest, with her name and her own word. Nobody is named."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from database.tenancy import TenantSession
from portal.services.sms.draft import Frame, SmsDraft, draft, house_rules
from portal.store import sending_lists
from portal.store.sendings import Sending

Greet = Callable[[str, str], Frame]
"""Of a language and a first name: what stands around the words."""


def as_sms(
    session: TenantSession, sending: Sending, words: str, greet: Greet | None = None
) -> dict[str, SmsDraft]:
    """By language where ``greet`` puts our words around them; else they are the same for all and stand under "da"."""
    if not words:
        return {}
    write = partial(draft, words, rules=house_rules(session))
    found: dict[str, SmsDraft] = {}
    for reader in sending_lists.samples(session, sending):
        language = "da" if greet is None else reader.language
        frame = str if greet is None else greet(reader.language, reader.first_name)
        sms = write(reader.kendeord, frame=frame)
        found[language] = max(found.get(language, sms), sms, key=_length)
    return found


def _length(sms: SmsDraft) -> tuple[int, int]:
    return sms.size.parts, sms.size.units
