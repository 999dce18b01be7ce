"""A sheet as PDF: A4, pages numbered, every script of ours set by its own rules.

Arabic and Persian are joined and run from right to left, Tigrinya has its own letters, and people write emoji:
one font for each, installed with the other assets. A sign that none of them has is written as its number, so
that a reader of the paper sees that something stood there. The work is done in the workshop
(``portal.services.workshop``), where ``set_here`` runs; the libraries and fonts take 60 MB.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.services import workshop

if TYPE_CHECKING:  # the workshop needs the words alone, and nothing of what makes them
    from portal.services.journal.sheet import Sheet

FONTS = Path(__file__).resolve().parents[3] / "node_modules" / "@expo-google-fonts"
SANS, BOLD = "noto-sans/400Regular/NotoSans_400Regular.ttf", "noto-sans/700Bold/NotoSans_700Bold.ttf"
OTHERS = {
    "arabic": "noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
    "ethiopic": "noto-sans-ethiopic/400Regular/NotoSansEthiopic_400Regular.ttf",
    "emoji": "noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
}
JOINERS = frozenset("\u200c\u200d")
STEERING = str.maketrans("", "", "\u200e\u200f\u2066\u2067\u2068\u2069\ufe0e\ufe0f")
"""Signs that turn text around or choose a look: each paragraph here finds its own direction."""


def as_pdf(shown: Sheet) -> bytes:
    """Takes about a second. Raises ``workshop.NotDoneError``."""
    content = json.dumps(asdict(shown)).encode()
    return workshop.have_done(set_here, {}, content)[1][0]


def set_here(_facts: dict[str, Any], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    shown = json.loads(content)
    pages = len(_set(shown, "0").pages)
    return {"pages": pages}, [bytes(_set(shown, str(pages)).output())]


def drawable(text: str) -> str:
    """``text`` with [U+…] for every sign that no font of ours has."""
    known, plain = _signs(), text.translate(STEERING).expandtabs(4)
    return "".join(
        each if ord(each) in known or each in JOINERS else f"[U+{ord(each):04X}]" for each in plain
    )


def runs_from_right(text: str) -> bool:
    """By its first letter that has a direction, as the reader's own eye decides."""
    directions = (unicodedata.bidirectional(each) for each in text)
    return next((each in ("R", "AL") for each in directions if each in ("L", "R", "AL")), False)


@cache
def _signs() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 — loaded in the workshop alone

    found: set[int] = set()
    for name in (SANS, *OTHERS.values()):
        with TTFont(FONTS / name, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def _set(shown: dict[str, Any], pages: str) -> Any:
    paper = _blank(shown["foot"], pages, shown["made_at"])
    _line(paper, shown["title"], 15, bold=True)
    for label, value in shown["facts"]:
        _line(paper, f"{label}: {value}", 10)
    for block in shown["blocks"]:
        paper.ln(4)
        _line(paper, block["heading"], 9.5, bold=True)
        for line in block["body"].split("\n") if block["body"] else ():
            _line(paper, line, 11)
        for note in block["notes"]:
            _line(paper, note, 9, grey=True)
    return paper


def _blank(foot: str, pages: str, made_at: str) -> Any:
    from fpdf import FPDF  # noqa: PLC0415 — loaded in the workshop alone

    class Paper(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            words = foot.replace("{page}", str(self.page_no())).replace("{pages}", pages)
            _line(self, words, 8, grey=True)

    paper = Paper(format="A4")
    paper.set_creation_date(datetime.fromisoformat(made_at))
    paper.set_margins(20, 18, 20)
    paper.set_auto_page_break(auto=True, margin=20)
    paper.add_font("sans", fname=FONTS / SANS)
    paper.add_font("sans", "B", fname=FONTS / BOLD)
    for name, path in OTHERS.items():
        paper.add_font(name, fname=FONTS / path)
    paper.set_fallback_fonts(list(OTHERS), exact_match=False)
    paper.set_text_shaping(use_shaping_engine=True)
    paper.set_lang("da")
    paper.add_page()
    return paper


def _line(paper: Any, text: str, size: float, *, bold: bool = False, grey: bool = False) -> None:
    paper.set_font("sans", "B" if bold else "", size)
    paper.set_text_color(90 if grey else 0)
    align = "R" if runs_from_right(text) else "L"
    paper.multi_cell(0, size * 0.5, drawable(text) or " ", align=align, new_x="LMARGIN", new_y="NEXT")
