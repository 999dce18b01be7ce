"""A municipality's own texts on both databases: seen at once, stale when the Danish changes, and audited."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from i18n.catalogs import Entry
from i18n.texts import Catalogs, shipped_catalogs
from messaging.delivery import Rendered
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from portal.domain.texts import Standing, Step
from portal.runtime import Portal
from portal.services.sms.texts import SmsTexts
from portal.services.texts import drafts, publishing
from portal.services.texts.bench import Bench, Origin
from portal.services.texts.checking import Checked, check
from portal.services.texts.drafts import Conflict, Saved, TextChange, Unreadable
from portal.services.texts.history import Author
from portal.services.texts.publishing import NotPublished, Published
from portal.store import texts as store
from portal.store.audit import AuditEvent
from portal.store.overlays import Overlays
from tests.cases import Case, make_case
from tests.conftest import NOW, add_municipality
from tests.portals import portal_on
from tests.texts import go_live, publish, row_of, type_in

CATALOGS = shipped_catalogs()
KEY = "common.yes"


@pytest.fixture
def portal(database: Database) -> Portal:
    return portal_on(database)


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW)


@pytest.fixture
def author(case: Case) -> Author:
    return Author(case.municipality_id, case.staff_id)


def save(portal: Portal, author: Author, locale: str, text: str, key: str = KEY) -> Checked:
    """Typed and published."""
    saved = type_in(portal, author, locale, key, text)
    publish(portal, author, (locale, key))
    return saved.checked


def shown(portal: Portal, author: Author, locale: str, key: str = KEY) -> str:
    return portal.catalogs.texts(locale, portal.overlays.of(author.municipality_id)).forms(key)[0]


def origin(portal: Portal, author: Author, locale: str) -> Origin:
    return row_of(portal, author, locale, KEY).origin


def test_a_published_text_is_shown_at_once(portal: Portal, author: Author) -> None:
    assert shown(portal, author, "da") == "Ja"
    save(portal, author, "da", "Ja tak")
    assert shown(portal, author, "da") == "Ja tak"


def test_another_process_is_told_by_the_revision(portal: Portal, author: Author) -> None:
    for text in ("Ja tak", "Jo tak"):
        save(portal, author, "da", text)
    with portal.database.read(author.municipality_id) as session:
        assert session.scalar(select(Municipality.texts_revision)) == 2
    assert shown(portal_on(portal.database), author, "da") == "Jo tak"


def test_a_process_that_holds_the_texts_sees_a_change_within_five_seconds(
    portal: Portal, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = portal_on(portal.database)
    assert shown(another, author, "da") == "Ja"
    save(portal, author, "da", "Ja tak")
    later = time.monotonic() + 5
    monkeypatch.setattr("portal.store.overlays.time.monotonic", lambda: later)
    assert shown(another, author, "da") == "Ja tak"


def test_a_text_of_one_municipality_is_not_seen_by_another(portal: Portal, author: Author) -> None:
    other = Author(add_municipality(portal.database, "andenby", "+4520900001"), 0)
    save(portal, author, "da", "Ja tak")
    assert shown(portal, other, "da") == "Ja"


def test_a_draft_is_seen_by_nobody_until_it_is_published(portal: Portal, author: Author) -> None:
    type_in(portal, author, "da", KEY, "Ja tak")
    assert shown(portal, author, "da") == "Ja"
    row = row_of(portal, author, "da", KEY)
    assert (row.has_draft, row.forms, row.live) == (True, ("Ja tak",), ("Ja",))
    publish(portal, author, ("da", KEY))
    assert shown(portal, author, "da") == "Ja tak"
    assert not row_of(portal, author, "da", KEY).has_draft


def test_a_draft_that_would_break_a_page_is_kept_but_not_published(portal: Portal, author: Author) -> None:
    assert type_in(portal, author, "da", KEY, "Ja {navn}").checked.refused
    assert isinstance(publish(portal, author, ("da", KEY)), NotPublished)
    assert origin(portal, author, "da") is Origin.SHIPPED
    assert row_of(portal, author, "da", KEY).forms == ("Ja {navn}",)


def test_nothing_goes_live_that_was_not_looked_at(portal: Portal, author: Author) -> None:
    seen = {("da", KEY): type_in(portal, author, "da", KEY, "Ja tak").row.version}
    type_in(portal, author, "da", KEY, "Jo tak")
    assert isinstance(publishing.publish(portal, author, seen, NOW), NotPublished)
    assert shown(portal, author, "da") == "Ja"


def test_of_two_who_save_at_once_the_second_is_told(portal: Portal, author: Author) -> None:
    """The lock is a row of PostgreSQL's; SQLite lets one write at a time."""
    gate = Barrier(2)

    def save_one(text: str) -> object:
        gate.wait(10)
        return drafts.save(portal, author, TextChange("pl", KEY, (text,)), NOW)

    for key in range(5):
        with ThreadPoolExecutor(2) as pool:
            found = {type(each) for each in pool.map(save_one, (f"Tak {key}", f"Owszem {key}"))}
        assert found == ({Saved, Conflict} if key == 0 else {Conflict})


def test_one_faulty_draft_keeps_all_that_were_chosen_from_going_live(portal: Portal, author: Author) -> None:
    type_in(portal, author, "da", KEY, "Ja {navn}")
    type_in(portal, author, "da", "common.no", "Nej tak")
    chosen = {("da", KEY), ("da", "common.no")}
    found = publish(portal, author, *chosen)
    assert isinstance(found, NotPublished)
    assert [each.row.key for each in found.pending] == [KEY]
    assert shown(portal, author, "da", "common.no") == "Nej"


def test_nobody_overwrites_what_she_has_not_seen(portal: Portal, author: Author) -> None:
    type_in(portal, author, "pl", KEY, "Tak, dobrze")
    late = drafts.save(portal, author, TextChange("pl", KEY, ("Owszem",), 0), NOW)
    assert isinstance(late, Conflict)
    assert late.row.forms == ("Tak, dobrze",)
    assert row_of(portal, author, "pl", KEY).forms == ("Tak, dobrze",)


def test_a_draft_can_be_given_up(portal: Portal, author: Author) -> None:
    save(portal, author, "pl", "Tak, dobrze")
    type_in(portal, author, "pl", KEY, "Owszem")
    drafts.discard(portal, author, "pl", KEY, NOW)
    row = row_of(portal, author, "pl", KEY)
    assert (row.has_draft, row.forms) == (False, ("Tak, dobrze",))


def test_what_is_typed_back_to_the_live_text_is_no_draft(portal: Portal, author: Author) -> None:
    type_in(portal, author, "da", KEY, "Ja tak")
    type_in(portal, author, "da", KEY, "Ja")
    assert not row_of(portal, author, "da", KEY).has_draft


@pytest.mark.parametrize("text", ["Ja\0", "Ja\u001b[2J", "Ja" * 3_000])
def test_what_is_no_text_is_not_even_kept(portal: Portal, author: Author, text: str) -> None:
    found = drafts.save(portal, author, TextChange("da", KEY, (text,)), NOW)
    assert isinstance(found, Unreadable)
    assert row_of(portal, author, "da", KEY).version == 0


@pytest.mark.parametrize("text", ["", "<script>ja</script>", "{", "Ja {n"])
def test_what_would_break_a_page_is_refused(portal: Portal, author: Author, text: str) -> None:
    assert save(portal, author, "da", text).refused
    assert shown(portal, author, "da") == "Ja"


def test_a_threat_in_danish_for_citizens_is_refused(portal: Portal, author: Author) -> None:
    assert save(portal, author, "da", "Ja, ellers mister du din ydelse").refused


def test_a_text_that_makes_its_whole_page_hard_to_read_is_refused() -> None:
    easy = "Vi vil gerne vide, hvordan du har det. Du kan svare nu. Du kan også vente til i morgen."
    danish = {
        "citizen.start.text": Entry("citizen.start.text", (easy,)),
        "citizen.start.more": Entry("citizen.start.more", ("Svar i ro.",)),
    }
    bench = Bench(Catalogs({"da": danish}), {}, {})
    row = bench.row("da", "citizen.start.more")
    assert row is not None
    hard = (
        "Besvarelsen understøtter beskæftigelsesindsatsens virksomhedsrettede aktiviteter løbende fremover."
    )
    assert not check(bench, row, ("Svar, når du kan.",)).problems
    found = check(bench, row, (hard,))
    assert found.refused
    assert "page_lix_too_high" in {each.code for each in found.problems}


def test_an_unknown_key_is_nobodys_text(portal: Portal, author: Author) -> None:
    for locale, key in (("da", "common.nothing"), ("xx", KEY), ("da", "form.nothing.label")):
        assert drafts.save(portal, author, TextChange(locale, key, ("Ja",)), NOW) is None


def test_the_shipped_text_comes_back(portal: Portal, author: Author) -> None:
    save(portal, author, "da", "Ja tak")
    publishing.revert(portal, author, "da", KEY, NOW)
    assert shown(portal, author, "da") == "Ja"
    assert origin(portal, author, "da") is Origin.SHIPPED


def test_a_changed_danish_makes_every_translation_stale(portal: Portal, author: Author) -> None:
    save(portal, author, "pl", "Tak, dobrze")
    assert shown(portal, author, "pl") == "Tak, dobrze"
    save(portal, author, "da", "Ja tak")
    for locale in ("pl", "en"):
        assert shown(portal, author, locale) == "Ja tak"
        assert origin(portal, author, locale) is Origin.STALE


def test_a_translation_saved_again_is_fresh(portal: Portal, author: Author) -> None:
    save(portal, author, "da", "Ja tak")
    save(portal, author, "en", "Yes please")
    assert shown(portal, author, "en") == "Yes please"
    assert origin(portal, author, "en") is Origin.OWN


def test_a_translation_is_fresh_again_when_the_danish_goes_back(portal: Portal, author: Author) -> None:
    save(portal, author, "pl", "Tak, dobrze")
    save(portal, author, "da", "Ja tak")
    publishing.revert(portal, author, "da", KEY, NOW)
    assert shown(portal, author, "pl") == "Tak, dobrze"


def test_who_changed_which_text_is_in_the_audit_log(portal: Portal, author: Author) -> None:
    save(portal, author, "da", "Ja tak")
    publishing.revert(portal, author, "da", KEY, NOW)
    with portal.database.read(author.municipality_id) as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(each.action, each.subject, each.staff_id, each.at) for each in events] == [
        ("text.saved", "text da common.yes", author.staff_id, NOW),
        ("text.published", "text da common.yes", author.staff_id, NOW),
        ("text.reverted", "text da common.yes", author.staff_id, NOW),
    ]


def test_the_next_sms_says_it_in_the_new_words(portal: Portal, author: Author, case: Case) -> None:
    save(portal, author, "da", "Hej {name}. Der er nyt fra {caseworker}: {link}", "sms.new_message")
    with portal.database.write(case.municipality_id) as session:
        message = enqueue(session, NewMessage("new_message", case.citizen_id, "m:1"), NOW).message
    with portal.database.write(case.municipality_id) as session:
        sms = SmsTexts(portal).render(session, session.get_one(OutboxMessage, message.id))
    assert isinstance(sms, Rendered)
    assert sms.text == "Hej Mette. Der er nyt fra Lone: https://svar.aakoebing"


def test_a_danish_that_keeps_its_meaning_keeps_its_translations(portal: Portal, author: Author) -> None:
    save(portal, author, "pl", "Tak, dobrze")
    go_live(portal, author, "da", KEY, "Ja.", same_meaning=True)
    assert shown(portal, author, "pl") == "Tak, dobrze"
    assert shown(portal, author, "en") == "Yes"
    assert origin(portal, author, "pl") is origin(portal, author, "en") is Origin.OWN


def test_a_translation_of_the_old_danish_waits_when_the_danish_goes_live(
    portal: Portal, author: Author
) -> None:
    type_in(portal, author, "pl", KEY, "Tak, dobrze")
    type_in(portal, author, "da", KEY, "Ja tak")
    found = publish(portal, author, ("pl", KEY), ("da", KEY))
    assert isinstance(found, Published)
    assert found.texts == (("da", KEY),)
    row = row_of(portal, author, "pl", KEY)
    assert (row.standing, row.made_from, row.source) == (Standing.STALE, ("Ja",), ("Ja tak",))


def test_an_upgrade_leaves_their_danish_and_tells_that_ours_has_changed(
    portal: Portal, author: Author
) -> None:
    save(portal, author, "da", "Ja tak")
    entries = {locale: dict(entries) for locale, entries in CATALOGS.entries.items()}
    entries["da"][KEY] = replace(entries["da"][KEY], forms=("Jo",))
    portal.catalogs = Catalogs(entries)
    portal.overlays = Overlays(portal.database, portal.catalogs)
    assert shown(portal, author, "da") == "Ja tak"
    assert row_of(portal, author, "da", KEY).upstream == ("Jo",)


def test_each_step_is_kept_with_its_wording_and_typing_on_is_one_step(portal: Portal, author: Author) -> None:
    for text in ("J", "Ja t", "Ja tak"):
        type_in(portal, author, "da", KEY, text)
    publish(portal, author, ("da", KEY))
    with portal.database.read(author.municipality_id) as session:
        steps = [(each.step, each.forms) for each in store.revisions(session, "da", KEY, 10)]
    assert steps == [(Step.PUBLISHED, ["Ja tak"]), (Step.SAVED, ["Ja tak"])]


def test_a_text_that_nobody_approved_is_told_as_a_draft(portal: Portal, author: Author) -> None:
    save(portal, author, "pl", "Tak, dobrze")
    held, municipality = portal.overlays, author.municipality_id
    reading = portal.catalogs.texts("pl", held.of(municipality), held.drafts(municipality))
    assert not reading.is_approved(KEY)


def test_saved_tells_how_the_text_stands_now(portal: Portal, author: Author) -> None:
    saved = type_in(portal, author, "pl", KEY, "Tak, dobrze")
    assert isinstance(saved, Saved)
    assert (saved.row.version, saved.row.standing) == (1, Standing.DRAFT)
