"""What the tests of delivery share."""

from __future__ import annotations

import pytest

from database.engine import Database
from tests.doubles.office import Office


@pytest.fixture
def office(database: Database, municipality: int) -> Office:
    return Office(database, municipality)
