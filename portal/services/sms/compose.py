"""What every SMS needs: the words in her language, the name and the word she knows us by, and the question
whether it may go now."""

from __future__ import annotations

from collections.abc import Callable

from database.base import Municipality
from database.tenancy import TenantSession
from i18n.texts import Texts
from messaging.delivery import Later, Rendering, Withheld
from messaging.outbox import Message
from messaging.policy import Send, Wait
from portal.runtime import Portal
from portal.services.sms.permission import Matter, decision
from portal.store.people import Addressee, Citizen

CANCELLED = "cancelled"
NO_REPLY_NUMBER = "no_reply_number"
NOTHING_TO_SAY = "nothing_to_say"


class Composer:
    def __init__(self, portal: Portal) -> None:
        self.portal = portal

    def not_now(
        self, session: TenantSession, citizen: Citizen | Addressee, municipality: Municipality, matter: Matter
    ) -> Withheld | Later | None:
        """None when it may go now."""
        decided = decision(session, citizen, municipality, matter, self.portal.clock())
        if isinstance(decided, Send):
            return None
        if isinstance(decided, Wait):
            return Later(decided.until, decided.reason)
        return Withheld(decided.reason)

    def text(self, citizen: Citizen | Addressee, kind: str, *, caseworker: str, **values: object) -> str:
        """The shipped text of this kind, with her name, her word and the caseworker's first name."""
        texts = self.texts(citizen.language, citizen.municipality_id)
        names = {"name": citizen.first_name, "caseworker": caseworker.split(maxsplit=1)[0]}
        if citizen.kendeord:
            kind, names["word"] = f"{kind}_with_word", citizen.kendeord
        return texts(f"sms.{kind}", **{key: texts.isolate(name) for key, name in names.items()}, **values)

    def texts(self, locale: str, municipality_id: int) -> Texts:
        return self.portal.catalogs.texts(locale, self.portal.overlays.of(municipality_id))


Render = Callable[[Composer, TenantSession, Message], Rendering]
"""How one kind of message gets its text, in a session of its municipality. What it writes commits with it."""
