"""Her answers so far: what she wrote stays sealed until somebody reads that very answer."""

from __future__ import annotations

import pytest

from database.encryption import UndecryptableError
from database.types import Sealed
from portal.domain.questionnaires import Answer, Missing
from portal.services.forms import Given
from portal.store.responses import StoredAnswer

BROKEN = Sealed("nothing that any key opens")


@pytest.fixture
def given() -> Given:
    rows = (
        StoredAnswer("scale", "4", None, None, "da"),
        StoredAnswer("skipped", None, None, "refused", "da"),
        StoredAnswer("words", None, BROKEN, None, "da"),
    )
    return Given({row.question: row for row in rows})


def test_an_answer_is_made_of_its_row(given: Given) -> None:
    assert given["scale"] == Answer("4")
    assert given["skipped"] == Answer(missing=Missing.REFUSED)
    assert given.get("never asked") is None


def test_nothing_is_opened_to_see_what_is_answered(given: Given) -> None:
    more = given.with_more({"new": Answer("1"), "scale": Answer("5")})
    assert list(more) == ["scale", "skipped", "words", "new"] and len(more) == 4
    assert "words" in more and more["scale"] == Answer("5")
    with pytest.raises(UndecryptableError):
        more["words"]
