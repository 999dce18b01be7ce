"""Whatever a page about sendings can have to say has its words."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import pytest

from i18n.texts import shipped_catalogs
from messaging.message import Status
from portal.domain.recipient_lists import Unreadable
from portal.domain.sendings import SendingKind, SendingState
from portal.services.check_ins import NotAskedReason
from portal.services.invitations import NotSentReason
from portal.services.recipient_lists import Verdict
from portal.services.sending_drafts import Problem
from portal.services.sending_steps import LeftOutReason
from portal.services.thread import NotWrittenReason

NEVER = {"file", "files_not_by_sms", "no_whatsapp", "whatsapp_closed", "colleague_answered"}
"""A sending carries no files, goes to the page or by SMS, and is written beside no thread."""
WORDS: dict[str, Iterable[type[StrEnum]]] = {
    "sendings.reason": (LeftOutReason, NotSentReason, NotAskedReason, NotWrittenReason),
    "sendings.problem": (Problem, Unreadable),
    "sendings.row": (Verdict,),
    "sendings.state": (SendingState,),
    "sendings.kind": (SendingKind,),
    "sendings.confirm.will": (SendingKind,),
    "sendings.count": (Status,),
}


@pytest.mark.parametrize("prefix", WORDS)
def test_every_reason_state_and_answer_has_its_words(prefix: str) -> None:
    known = shipped_catalogs().keys("sendings")
    needed = {f"{prefix}.{each.value}" for kind in WORDS[prefix] for each in kind if each.value not in NEVER}
    assert needed - set(known) == set()
