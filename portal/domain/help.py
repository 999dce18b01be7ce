"""How an answer set came about: on which way, and who helped. Help colours answers, so it is recorded, and an
answer set with help is not compared with one alone (`progression`)."""

from enum import StrEnum


class Mode(StrEnum):
    """The survey field's mode of data collection."""

    WEB = "web"  # by herself, in a browser
    PHONE = "phone"  # read aloud and written down by staff
    MEETING = "meeting"
    PAPER = "paper"  # filled in on paper, typed in by staff


ENTERED_BY_STAFF = (Mode.PHONE, Mode.MEETING, Mode.PAPER)


class Helper(StrEnum):
    """Who helped. The supplier's own people stand apart: an answer about their work is coloured by them."""

    FAMILY = "family"
    CASEWORKER = "caseworker"
    MENTOR = "mentor"
    INTERPRETER = "interpreter"
    OTHER = "other"


ALONE = "alone"


def helper_in(posted: str | None) -> Helper | None:
    """None for alone, and for anything that is no helper."""
    return Helper(posted) if posted in set(Helper) else None


def is_answer(posted: str | None) -> bool:
    """Whether the question of help has been answered at all."""
    return posted == ALONE or helper_in(posted) is not None
