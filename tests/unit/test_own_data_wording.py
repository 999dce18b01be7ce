"""What happened in a thread is told in her copy as it is in the thread itself."""

import pytest

from i18n.texts import load_catalogs
from portal.services.own_data.fields import Field, Kind
from portal.services.own_data.reading import Told
from portal.services.own_data.wording import shown

DANISH = load_catalogs(locales=["da"]).texts("da")


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("meeting_set", "Nyt møde: torsdag den 26. november"),
        ("out_of_hours", "Vi har lukket lige nu. Du får svar senest torsdag den 26. november."),
    ],
)
def test_an_event_that_names_a_day_is_a_sentence_with_the_day_in_it(what: str, line: str) -> None:
    assert shown(Told(Field("said", Kind.SAID), "2026-11-26", what), DANISH) == line
