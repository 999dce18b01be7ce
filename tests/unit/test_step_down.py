from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.access import Role
from portal.domain.step_down import LEVEL_LASTS, level

PROVED = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "role"),
    [
        (timedelta(0), Role.CITIZEN_MITID),
        (LEVEL_LASTS - timedelta(seconds=1), Role.CITIZEN_MITID),
        (LEVEL_LASTS, Role.CITIZEN_PIN),
        (timedelta(hours=5), Role.CITIZEN_PIN),
        (timedelta(minutes=-1), Role.CITIZEN_PIN),
    ],
)
def test_mitid_counts_for_a_quarter_of_an_hour_and_then_the_home_stays_open_as_with_a_pin(
    after: timedelta, role: Role
) -> None:
    assert level(PROVED, PROVED + after) is role
