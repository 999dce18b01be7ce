"""Which text a translator takes first: what has gone stale, then what most citizens would meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.domain.texts import Standing

# How much of the way a citizen goes passes a text, from 0 to 100 [ours]: everybody gets the SMS, opens the first
# page and answers; few look into the corners. The longest beginning of the key counts.
_MET = {
    "sms.": 100,
    "citizen.welcome.": 95,
    "citizen.": 80,
    "citizen.step.": 90,
    "citizen.receipt.": 85,
    "citizen.error.": 60,
    "citizen.is_it_real.": 55,
    "citizen.rescue.": 50,
    "form.": 80,
    "common.": 75,
    "citizen_home.": 70,
    "reply.": 65,
    "thread.": 65,
    "checkins.": 65,
    "errors.": 50,
    "meetings.": 50,
    "waiting.": 45,
    "who_sees.": 45,
    "progression.": 40,
    "themes.": 40,
    "contact.": 35,
    "reading.": 35,
    "letter.": 35,
    "glossary.": 30,
    "diary.": 25,
    "goals.": 25,
    "public.": 25,
    "mitid.": 20,
    "paper.": 15,
    "own_data.": 10,
    "law.": 5,
}
_RARE = 10
_SELDOM_SEEN = (".required", ".constraint")
"""A form's words for an answer that will not do: most people never get them."""

_URGENCY = (
    Standing.MISSING,
    Standing.MACHINE_DRAFT,
    Standing.DRAFT,
    Standing.BACK_CHECKED,
)
"""Of texts that are met as much: Danish in the middle of a page is worse than words nobody has approved."""


@dataclass(frozen=True)
class Weighed:
    """One text in the list. ``place`` is where it stands among all texts, as they are met."""

    standing: Standing
    met: int
    place: int


def met(key: str, *, by_citizens: bool = True) -> int:
    """0–100: how many of a hundred citizens would meet the text. Staff's own texts are met by none."""
    if not by_citizens:
        return 0
    parts = key.split(".")
    beginnings = (".".join(parts[:n]) + "." for n in range(len(parts), 0, -1))
    weight = next((_MET[each] for each in beginnings if each in _MET), _RARE)
    return weight // 2 if key.startswith("form.") and key.endswith(_SELDOM_SEEN) else weight


def order(text: Weighed) -> tuple[int, int, int, int]:
    """For sorting: stale, then what is unfinished by how much it is met, then what is approved."""
    if text.standing is Standing.STALE:
        return 0, -text.met, 0, text.place
    if text.standing in _URGENCY:
        return 1, -text.met, _URGENCY.index(text.standing), text.place
    return 2, -text.met, 0, text.place


def by_readers(codes: Iterable[str], readers: Mapping[str, int]) -> tuple[str, ...]:
    """Languages in the order that most citizens read them; of as many, as they were given."""
    return tuple(sorted(codes, key=lambda code: -readers.get(code, 0)))


@dataclass(frozen=True)
class Neighbours:
    """The keys before and after in a list; empty where there is none."""

    before: str
    after: str


def neighbours(keys: Iterable[str], key: str) -> Neighbours:
    """In the work list. A text that is no longer in it (it was just finished) is followed by the first."""
    listed = list(keys)
    if key not in listed:
        return Neighbours("", listed[0] if listed else "")
    at = listed.index(key)
    return Neighbours(listed[at - 1] if at else "", listed[at + 1] if at + 1 < len(listed) else "")
