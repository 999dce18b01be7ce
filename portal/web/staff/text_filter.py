"""What the translator's work list is narrowed to: it stands in the address, and goes with her into the editor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import request, url_for

from portal.domain.texts import Kind, Standing
from portal.services.texts.work import Asked

LONGEST_SEARCH = 80
LONGEST_AREA = 80

Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True)
class Filter:
    """``locale`` is the language that is translated into; ``mine``: only what the reader changed last;
    ``questions``: only what somebody has asked about."""

    locale: str
    standing: Standing | None = None
    kind: Kind | None = None
    area: str = ""
    search: str = ""
    mine: bool = False
    questions: bool = False

    def asked(self, staff_id: int, questions: Collection[str]) -> Asked:
        """``questions``: the texts that somebody has asked about and nobody has answered."""
        whose, keys = staff_id if self.mine else None, questions if self.questions else None
        return Asked(self.standing, self.kind, self.area, self.search, whose, keys)

    @property
    def values(self) -> dict[str, str]:
        """What is said of it in an address, but for the language."""
        found = {
            "status": self.standing.value if self.standing else "",
            "slags": self.kind.value if self.kind else "",
            "omraade": self.area,
            "soeg": self.search,
            "mine": "1" if self.mine else "",
            "spoergsmaal": "1" if self.questions else "",
        }
        return {name: value for name, value in found.items() if value}

    def listed(self, **changed: str) -> str:
        """The list's address, with some of it changed; an empty value takes the narrowing away."""
        said = {"til": self.locale, **self.values, **changed}
        given = {name: value for name, value in said.items() if value}
        return f"{url_for('staff.show_work_list')}?{urlencode(given)}"

    def edit(self, key: str) -> str:
        """A text's address, from where the list can be walked."""
        address = url_for("staff.edit_text", locale=self.locale, key=key)
        return f"{address}?{urlencode(self.values)}" if self.values else address

    @property
    def is_narrow(self) -> bool:
        return bool(self.values)


def from_request(locale: str) -> Filter:
    """What is not understood narrows nothing."""
    given = request.args
    return Filter(
        locale,
        _named(Standing, given.get("status", "")),
        _named(Kind, given.get("slags", "")),
        given.get("omraade", "")[:LONGEST_AREA],
        given.get("soeg", "")[:LONGEST_SEARCH].strip(),
        "mine" in given,
        "spoergsmaal" in given,
    )


def _named(names: type[Name], value: str) -> Name | None:
    return names(value) if value in set(names) else None
