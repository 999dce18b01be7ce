"""What the SMS of this municipality are filled with, so that a text is measured as it will be sent.

A translator reads no citizen's name. The names and words of those who read the language are counted here, in memory;
the page tells how many get how many parts, and nothing of one of them. Where they are so few that a count would tell,
the caseworkers' names stand with an ordinary first name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from i18n.formatting import fill, placeholders
from i18n.texts import Texts
from portal.domain.check_ins import TEMPLATES
from portal.domain.links import TOKEN_LENGTH
from portal.domain.replies import ReplyKind
from portal.services.definitions import minutes
from portal.services.sms.draft import conversation_sms, house_rules
from portal.store import questionnaires, readers
from portal.store.municipalities import own
from portal.store.readers import Reader

ENOUGH = 5
"""Readers of a language: with fewer a count could tell of one."""
MOST = 100
ORDINARY = Reader("Mohammad", "solsikke", "Kirsten")
WITH_WORD = "_with_word"
_TO_THE_SITE = ("sms.new_message", "sms.meeting")
"""Their link is the site's own address; the others' ends with a token."""
_WORD_BELOW = (
    "sms.check_in",
    "sms.check_in_repeat",
    "sms.check_in_thanks",
    "sms.check_in_thanks_words",
    "sms.stop_confirmation",
    "sms.start_confirmation",
    "sms.crisis_answer",
    "sms.no_pictures",
    "sms.no_personal_numbers",
)
"""Whoever has chosen a word has it below these."""
_IN_ANOTHER = ("sms.check_in_how_", "sms.check_in_yes", "sms.check_in_no")
_A_YEAR_OF_DAYS = range(0, 365, 4)


@dataclass(frozen=True)
class Post:
    """``readers``: those who get such an SMS. ``are_real``: whether they are citizens."""

    texts: Texts
    readers: Sequence[Reader]
    are_real: bool
    link_url: str
    office_phone: str
    minutes: int
    today: date
    part_price: int | None


def open_post(session: Session, texts: Texts, link_url: str, today: date) -> Post:
    """To be opened once for a view. ``texts``: of the language, with the municipality's own."""
    found = readers.newest(session, texts.locale.code, MOST)
    are_real = len(found) >= ENOUGH
    if not are_real:
        names = readers.writers(session, MOST) or [ORDINARY.caseworker]
        found = [ORDINARY._replace(caseworker=name) for name in names]
    forms = questionnaires.definitions(session, questionnaires.newest_versions(session))
    return Post(
        texts,
        found,
        are_real,
        link_url,
        own(session).office_phone,
        max((minutes(form) for form in forms), default=1),
        today,
        house_rules(session).part_price,
    )


def is_sent_alone(key: str) -> bool:
    """Some texts stand in another SMS, and have no length of their own."""
    return not key.startswith(_IN_ANOTHER)


def as_sent(post: Post, key: str, form: str) -> Iterator[str]:
    """The SMS of each reader, as the gateway would get it."""
    names = placeholders(form)
    others = _others(post, key, names)
    for each in _who_get(post, key):
        own_values = {
            "name": each.first_name,
            "caseworker": each.caseworker.split(maxsplit=1)[0],
            "word": each.kendeord or ORDINARY.kendeord or "",
        }
        known = {name: post.texts.isolate(value) for name, value in own_values.items()} | others
        text = fill(form, {name: known.get(name, name) for name in names})
        yield conversation_sms(text, each.kendeord if key in _WORD_BELOW else None)


def _who_get(post: Post, key: str) -> Sequence[Reader]:
    """A text has a second wording for who has chosen a word; where nobody has, it is measured with an ordinary one."""
    if key.endswith(WITH_WORD):
        return [each for each in post.readers if each.kendeord] or post.readers
    if post.texts.has(f"{key}{WITH_WORD}"):
        return [each for each in post.readers if not each.kendeord] or post.readers
    return post.readers


def _others(post: Post, key: str, names: Collection[str]) -> dict[str, str]:
    """What is the same for all; of a day and a question the longest."""
    texts = post.texts
    token = "" if key.removesuffix(WITH_WORD) in _TO_THE_SITE else f"/{'x' * TOKEN_LENGTH}"
    values: dict[str, Callable[[], str]] = {
        "link": lambda: f"{post.link_url}{token}",
        "minutes": lambda: texts.number(post.minutes),
        "phone": lambda: texts.isolate(post.office_phone),
        "code": lambda: "123456",
        "answer": lambda: f"{texts('sms.check_in_yes')}, 4",
        "how": lambda: texts("sms.check_in_how_number"),
        "day": lambda: max(map(texts.near_day, _days(post.today)), key=len),
        "question": lambda: _question(texts),
    }
    return {name: value() for name, value in values.items() if name in names}


def _days(today: date) -> Iterator[date]:
    return (today + timedelta(days=n) for n in _A_YEAR_OF_DAYS)


def _question(texts: Texts) -> str:
    how = {
        kind: "" if kind is ReplyKind.FREE else f" {texts(f'sms.check_in_how_{kind}')}" for kind in ReplyKind
    }
    asked = (f"{texts(f'checkins.question.{each.name}')}{how[each.kind]}" for each in TEMPLATES.values())
    return max(asked, key=len)
