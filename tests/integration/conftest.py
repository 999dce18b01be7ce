"""What the tests of delivery and of the use cases share."""

from __future__ import annotations

from datetime import datetime

import pytest

from database.engine import Database
from tests.cases import Case, make_case
from tests.doubles.office import Office


@pytest.fixture
def office(database: Database, municipality: int) -> Office:
    return Office(database, municipality)


@pytest.fixture
def case(database: Database, municipality: int, now: datetime) -> Case:
    return make_case(database, municipality, now)
