"""A reading of a question: kept with the very wording that was read, and played only while that stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.domain.questionnaires import Questionnaire, Respondent, wording_fingerprint
from portal.domain.recordings import Sound, SoundRefusal, kind_of
from portal.runtime import Portal
from portal.services.question_texts import QuestionText
from portal.services.texts.history import LONGEST_SUBJECT, Author
from portal.store import audit
from portal.store import recordings as store
from portal.store.recordings import Place, Recording
from portal.store.texts import bump_revision


@dataclass(frozen=True)
class Reading:
    """What a translator hands in: the sound, and the fingerprint of the wording she had before her."""

    content: bytes
    wording: str


@dataclass(frozen=True)
class Standing:
    """A recording as the translator sees it. ``is_stale``: another wording was read, so no citizen hears it."""

    address: str
    is_stale: bool

    @property
    def plays_everywhere(self) -> bool:
        return Sound(self.address.rpartition(".")[2]).plays_everywhere


@dataclass(frozen=True)
class Progress:
    """How far a form is read aloud in one language: how many of its questions have a reading that citizens hear, one
    of an older wording, and none."""

    locale: str
    read: int
    stale: int
    missing: int

    @property
    def is_whole(self) -> bool:
        return not (self.stale or self.missing)


def can_be_read(text: QuestionText) -> bool:
    """Only what citizens are asked, and only what stands in this language."""
    return text.question.respondent is Respondent.CITIZEN and bool(text.question.labels.get(text.locale))


def standing(portal: Portal, municipality_id: int, text: QuestionText) -> Standing | None:
    found = portal.overlays.recordings(municipality_id).get(place_of(text))
    return found and Standing(found.address, found.wording != wording_of(text))


def all_standing(
    portal: Portal, municipality_id: int, form: Questionnaire, locale: str
) -> dict[str, Standing]:
    """Of those questions of the form that have one, by name."""
    texts = (QuestionText(form, question, locale) for question in form.questions.values())
    found = ((text.question.name, standing(portal, municipality_id, text)) for text in texts)
    return {name: each for name, each in found if each}


def of_texts(
    portal: Portal, municipality_id: int, forms: Iterable[Questionnaire], locale: str
) -> dict[str, Standing]:
    """As ``all_standing``, of several forms, by the key of the text that is asked."""
    questions = ((form, question) for form in forms for question in form.questions.values())
    texts = (QuestionText(form, question, locale) for form, question in questions)
    found = ((text.key, standing(portal, municipality_id, text)) for text in texts)
    return {key: each for key, each in found if each}


def readable(form: Questionnaire, locale: str) -> tuple[QuestionText, ...]:
    """What is to be read aloud in this language, in the form's order."""
    texts = (QuestionText(form, question, locale) for question in form.questions.values())
    return tuple(text for text in texts if can_be_read(text))


def progress(portal: Portal, municipality_id: int, form: Questionnaire, locale: str) -> Progress:
    found = [standing(portal, municipality_id, text) for text in readable(form, locale)]
    stale = sum(each is not None and each.is_stale for each in found)
    missing = found.count(None)
    return Progress(locale, len(found) - stale - missing, stale, missing)


def next_without(portal: Portal, municipality_id: int, text: QuestionText) -> QuestionText | None:
    """The question after this one, and at the end from the first on, that citizens cannot hear; None when every other
    one is read."""
    texts = readable(text.form, text.locale)
    names = [each.question.name for each in texts]
    here = names.index(text.question.name) if text.question.name in names else -1
    others = (*texts[here + 1 :], *texts[: max(here, 0)])
    return next((each for each in others if not _is_heard(standing(portal, municipality_id, each))), None)


def first_without(
    portal: Portal, municipality_id: int, form: Questionnaire, locale: str
) -> QuestionText | None:
    texts = readable(form, locale)
    return next((each for each in texts if not _is_heard(standing(portal, municipality_id, each))), None)


def _is_heard(found: Standing | None) -> bool:
    return found is not None and not found.is_stale


def place_of(text: QuestionText) -> Place:
    return Place(text.form.key, text.question.name, text.locale)


def wording_of(text: QuestionText) -> str:
    return wording_fingerprint(text.question, text.locale)


def keep(
    portal: Portal, author: Author, text: QuestionText, reading: Reading, now: datetime
) -> SoundRefusal | None:
    """In the place of the one before. None when it is kept; the next page plays it."""
    sound = kind_of(reading.content)
    if isinstance(sound, SoundRefusal):
        return sound
    if reading.wording != wording_of(text):
        return SoundRefusal.TEXT_CHANGED
    with portal.database.write(author.municipality_id) as session:
        bump_revision(
            session
        )  # first: it holds a row, so that of two at once the second replaces the other's
        place = place_of(text)
        row = store.find(session, place) or Recording(**place._asdict())
        row.wording, row.sound, row.content = reading.wording, sound.value, reading.content
        row.name = hashlib.sha256(reading.content).hexdigest()[:32]
        row.uploaded_by, row.uploaded_at = author.staff_id, now
        session.add(row)
        audit.record(session, "recording.saved", now, staff_id=author.staff_id, subject=_subject(place))
    portal.overlays.forget(author.municipality_id)
    return None


def remove(portal: Portal, author: Author, text: QuestionText, now: datetime) -> None:
    with portal.database.write(author.municipality_id) as session:
        place = place_of(text)
        store.remove(session, place)
        audit.record(session, "recording.removed", now, staff_id=author.staff_id, subject=_subject(place))
        bump_revision(session)
    portal.overlays.forget(author.municipality_id)


def _subject(place: Place) -> str:
    return f"recording {place.locale} {place.form} {place.question}"[:LONGEST_SUBJECT]
