"""What two citizens of Åkøbing wrote for themselves: small things that went well, and goals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    text: str
    days_ago: int
    is_shared: bool = False


@dataclass(frozen=True)
class Aim:
    """``reached``: days ago; None while it is under way."""

    text: str
    days_ago: int
    is_shared: bool
    reached: int | None = None


NOTES = {
    "Mette": (
        Note("Jeg ringede selv til lægen.", 47),
        Note("Jeg gik en tur om søen, selv om det regnede. Bagefter sov jeg godt.", 33, is_shared=True),
        Note("Sofie sagde, at jeg lo mere i dag.", 12),
        Note("Jeg var til møde og sagde det, jeg havde tænkt på.", 4),
    ),
    "Ahmad": (
        Note("تحدثت بالدنماركية في المخبز وفهموني.", 20),
        Note("استيقظت مبكراً ثلاثة أيام متتالية.", 6),
    ),
}
GOALS = {
    "Mette": (
        Aim("Jeg vil kunne gå en tur hver dag.", 60, is_shared=True, reached=9),
        Aim("Jeg vil prøve fire timer om ugen i en butik.", 40, is_shared=True),
        Aim("Jeg vil turde sige nej.", 30, is_shared=False),
    ),
    "Ahmad": (Aim("أريد أن أعمل سائق حافلة.", 25, is_shared=True),),
}
