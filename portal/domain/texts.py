"""A text in a language: how far it has come, and the steps that bring it there."""

from __future__ import annotations

from enum import StrEnum

from i18n.catalogs import Status


class Standing(StrEnum):
    """As far as the newest wording has come; the values of a ``Status`` with the two that are found, not kept."""

    STALE = "stale"
    """The Danish has changed since it was made."""
    MISSING = "missing"
    MACHINE_DRAFT = "machine-draft"
    DRAFT = "draft"
    BACK_CHECKED = "back-checked"
    NATIVE_APPROVED = "native-approved"

    @property
    def is_finished(self) -> bool:
        return self is Standing.NATIVE_APPROVED


class Step(StrEnum):
    """What happened to a text; its history is a row of them."""

    SAVED = "saved"
    IMPORTED = "imported"
    BACK_CHECKED = "back_checked"
    APPROVED = "approved"
    MEANING_KEPT = "meaning_kept"
    """The Danish was mended without a change of meaning: the translation still fits."""
    PUBLISHED = "published"
    DISCARDED = "discarded"
    """A draft was given up."""
    REVERTED = "reverted"
    """Back to what ships with the product."""


STATUS_AFTER = {
    Step.SAVED: Status.DRAFT,
    Step.BACK_CHECKED: Status.BACK_CHECKED,
    Step.APPROVED: Status.NATIVE_APPROVED,
}
"""A wording that is changed has to be read again by everybody. Other steps leave the status as it is."""


class Kind(StrEnum):
    """What sort of text it is: how it is judged, and where it is met."""

    PAGE = "page"
    SMS = "sms"
    LETTER = "letter"
    GLOSSARY = "glossary"
    QUESTION = "question"
    CHOICE = "choice"
    STAFF = "staff"
