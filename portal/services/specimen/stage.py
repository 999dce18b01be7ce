"""What stands behind the sample town while a page of it is shown: a real municipality's texts, name and colours.

The product's own parts are asked as always; these answer in the place of those that read a real database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import RLock

from database.copies import Copies
from i18n.locales import DEFAULT, LOCALES, Locale
from i18n.texts import Catalogs, Forms, Overlay, Texts
from messaging.gateway import Accepted, OutgoingSms
from portal.config import MitIdBroker, Settings
from portal.domain.form_texts import texts_of, with_wordings
from portal.domain.questionnaires import Questionnaire, wording_fingerprint
from portal.domain.stored_forms import to_dict
from portal.runtime import Portal
from portal.services import definitions
from portal.services.specimen.marks import Marks
from portal.services.specimen.pages import Besides
from portal.store import questionnaires
from portal.store.municipalities import Office, Offices
from portal.store.overlays import Overlays
from portal.store.recordings import Place, Recorded

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
"""It is always this Wednesday, 11 o'clock in Denmark: a page looks the same today and tomorrow."""
TOWN = 1
"""The sample municipality's id."""
NOWHERE = MitIdBroker(
    issuer="https://mitid.invalid", client_id="specimen", client_secret="", levels=("substantial",)
)  # fmt: skip
UNMARKED = ".forms"
"""The glossary's word forms are looked for in the other texts: with signs in them they would not be found."""
A_GAP = frozenset({"citizen_home.home.ways"})
"""What lacks a translation where something does."""


@dataclass(frozen=True)
class Backdrop:
    """``drafts``: what of the overlay no native speaker has approved. ``forms``: the questionnaires that are to be
    shown in other words than the town was built with, by key. ``besides``: see `pages.Besides`."""

    office: Office
    overlay: Overlay = field(default_factory=dict)
    drafts: frozenset[tuple[str, str]] = frozenset()
    forms: Mapping[str, Questionnaire] = field(default_factory=dict)
    besides: Besides | None = None


@dataclass(frozen=True)
class Town:
    """``names``: what stands in the addresses of its pages, by name. ``forms``: the citizens' forms that it was built
    with, by key; each has been begun, by the reference ``form.<key>``."""

    snapshot: bytes
    names: Mapping[str, str]
    forms: Mapping[str, Questionnaire]


Forget = Callable[[Overlay, Collection[Questionnaire]], None]


class Stage:
    """One page at a time. ``portal`` is what the pages' application runs on; it knows no other database. ``forget``
    is told which texts and forms were there for one page alone."""

    def __init__(self, settings: Settings, catalogs: Catalogs, forget: Forget) -> None:
        self._forget = forget
        self.copies = Copies()
        self.marks = Marks()
        self.backdrop: Backdrop | None = None
        self.forms: list[Questionnaire] = []
        """Those of the backdrop, with their texts between signs."""
        self._lock = RLock()
        self.portal = Portal(
            settings=_settings(settings),
            database=self.copies,
            catalogs=_MarkedCatalogs(catalogs.entries, self),
            gateway=_NoGateway(),
            overlays=_ShownOverlays(self, catalogs),
            clock=lambda: NOW,
        )
        self.portal.offices = _ShownOffices(self)

    @contextmanager
    def set(self, backdrop: Backdrop, snapshot: bytes = b"") -> Iterator[Marks]:
        """The stage while this page is shown; the marks are of its texts."""
        with self._lock, self.copies.visit(snapshot):
            self.marks, self.backdrop = Marks(), backdrop
            if snapshot:
                self._lay_over(backdrop)
            try:
                yield self.marks
            finally:
                self.backdrop = None
                questionnaires.forget(self._fingerprints)
                self._fingerprints = ()
                self._forget(backdrop.overlay, definitions.forget(self.copies.engine))

    _fingerprints: tuple[str, ...] = ()

    def speak(self, locale: str) -> None:
        """Everybody in town reads this language, and has always done so; but for who was built with another."""
        for table in ("citizens", "responses", "answers"):
            statement = f"UPDATE {table} SET language=? WHERE language=?"  # noqa: S608 — the names are ours
            self.copies.change(statement, (locale, DEFAULT))

    def has(self, besides: Besides) -> bool:
        return self.backdrop is not None and self.backdrop.besides is besides

    def _lay_over(self, backdrop: Backdrop) -> None:
        office = backdrop.office
        self.copies.change(
            "UPDATE municipalities SET name=?, office_name=?, office_phone=?, sms_sender=?, reply_number=?",
            (office.municipality, office.name, office.phone, office.sms_sender, office.reply_number or None),
        )
        self.forms = [self._marked(form) for form in backdrop.forms.values()]
        marked = [(form.key, to_dict(form)) for form in self.forms]
        self._fingerprints = tuple(questionnaires.fingerprint(definition) for _, definition in marked)
        for (key, definition), fingerprint in zip(marked, self._fingerprints, strict=True):
            self.copies.change(
                "UPDATE questionnaire_versions SET definition=?, fingerprint=? WHERE questionnaire_id="
                "(SELECT id FROM questionnaires WHERE key=?)",
                (json.dumps(definition), fingerprint, key),
            )

    def _marked(self, form: Questionnaire) -> Questionnaire:
        around = self.marks.around
        return with_wordings(
            form,
            {
                key: {locale: around(key, words) for locale, words in text.texts.items()}
                for key, text in texts_of(form).items()
            },
        )


class _MarkedCatalogs(Catalogs):
    def __init__(self, entries: Mapping[str, Mapping[str, object]], stage: Stage) -> None:
        super().__init__(entries)  # type: ignore[arg-type]
        object.__setattr__(self, "stage", stage)

    stage: Stage

    def texts(
        self, locale: str, overlay: Overlay | None = None, drafts: Collection[tuple[str, str]] = ()
    ) -> Texts:
        return _MarkedTexts(LOCALES[locale], self, overlay or {}, drafts, self.stage)


class _MarkedTexts(Texts):
    """Every text between its two signs."""

    __slots__ = ("_stage",)

    def __init__(
        self,
        locale: Locale,
        shipped: Catalogs,
        overlay: Overlay,
        drafts: Collection[tuple[str, str]],
        stage: Stage,
    ) -> None:
        super().__init__(locale, shipped, overlay, drafts)
        self._stage = stage

    def _find(self, key: str) -> tuple[str, Forms]:
        source, forms = super()._find(key)
        if key in A_GAP and self._stage.has(Besides.A_GAP):
            source, forms = DEFAULT, self._danish[key].forms
        if key.startswith("glossary.") and key.endswith(UNMARKED):
            return source, forms
        return source, tuple(self._stage.marks.around(key, form) for form in forms)


class _ShownOverlays(Overlays):
    def __init__(self, stage: Stage, catalogs: Catalogs) -> None:
        super().__init__(stage.copies, catalogs)
        self._stage = stage

    def of(self, municipality_id: int) -> Overlay:  # noqa: ARG002
        return self._stage.backdrop.overlay if self._stage.backdrop else {}

    def drafts(self, municipality_id: int) -> frozenset[tuple[str, str]]:  # noqa: ARG002
        return self._stage.backdrop.drafts if self._stage.backdrop else frozenset()

    def recordings(self, municipality_id: int) -> Mapping[Place, Recorded]:  # noqa: ARG002
        if not self._stage.has(Besides.READ_ALOUD):
            return {}
        return {
            Place(form.key, name, locale): Recorded(wording_fingerprint(question, locale), "")
            for form in self._stage.forms
            for name, question in form.questions.items()
            for locale in form.languages
        }


class _ShownOffices(Offices):
    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.copies)
        self._stage = stage

    def of(self, municipality_id: int) -> Office:  # noqa: ARG002
        assert self._stage.backdrop is not None  # noqa: S101 — pages are shown on a stage that is set
        return self._stage.backdrop.office

    def only_id(self) -> int | None:
        return None if self._stage.has(Besides.MANY_TOWNS) else TOWN

    def by_slug(self, slug: str) -> int | None:  # noqa: ARG002
        return TOWN


class _NoGateway:
    """Nothing that happens in the sample town leaves it."""

    name = "nowhere"

    def send(self, sms: OutgoingSms) -> Accepted:  # noqa: ARG002
        raise RuntimeError("the sample town has no phones")


def _settings(real: Settings) -> Settings:
    """The addresses are the real ones, for they stand on pages; everything that leads out is taken away."""
    return replace(
        real,
        database_url="sqlite://",
        queue_url="memory:",
        limits_url="database:",
        gateway="twilio",
        failover=None,
        twilio=None,
        gatewayapi=None,
        kannel=None,
        mitid=NOWHERE,
        trusted_proxies=0,
    )
