"""The public holidays of Denmark, as the sending window asks for them."""

from collections.abc import Callable
from datetime import date

import holidays


def danish() -> Callable[[date], bool]:
    """A function that answers whether a date is a Danish public holiday (any year)."""
    calendar = holidays.country_holidays("DK")
    return lambda day: day in calendar
