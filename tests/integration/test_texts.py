"""A municipality's own texts on both databases: seen at once, stale when the Danish changes, and audited."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from database.base import Municipality
from database.engine import Database
from i18n.catalogs import Entry
from i18n.texts import Catalogs, load_catalogs
from messaging.delivery import Rendered
from messaging.outbox import NewMessage, OutboxMessage, enqueue
from portal.config import Settings
from portal.runtime import Portal
from portal.services import text_files, texts
from portal.services.sms.texts import SmsTexts
from portal.services.text_files import Place, Preview
from portal.services.texts import Author, Checked, Origin, TextChange
from portal.store.audit import AuditEvent
from portal.store.overlays import Overlays
from tests.cases import Case, make_case
from tests.conftest import NOW, add_municipality

CATALOGS = load_catalogs()
KEY = "common.yes"
INVITATION = "Kære {name}. {caseworker} spørger dig om noget. Ca. {minutes} min: {link}"


def portal_on(database: Database) -> Portal:
    settings = Settings("s" * 32, ("e" * 32,), "i" * 32, link_url="https://svar.aakoebing")
    overlays = Overlays(database, CATALOGS)
    return Portal(settings, database, CATALOGS, None, overlays, clock=lambda: NOW)  # type: ignore[arg-type]


@pytest.fixture
def portal(database: Database) -> Portal:
    return portal_on(database)


@pytest.fixture
def case(database: Database, municipality: int) -> Case:
    return make_case(database, municipality, NOW)


@pytest.fixture
def author(case: Case) -> Author:
    return Author(case.municipality_id, case.staff_id)


def save(portal: Portal, author: Author, locale: str, text: str, key: str = KEY) -> Checked | None:
    return texts.save(portal, author, TextChange(locale, key, (text,)), NOW)


def shown(portal: Portal, author: Author, locale: str, key: str = KEY) -> str:
    return portal.catalogs.texts(locale, portal.overlays.of(author.municipality_id)).forms(key)[0]


def origin(portal: Portal, author: Author, locale: str) -> Origin:
    with portal.database.read(author.municipality_id) as session:
        row = texts.open_bench(session, CATALOGS, (locale,)).row(locale, KEY)
    assert row is not None
    return row.origin


def test_a_saved_text_is_shown_at_once(portal: Portal, author: Author) -> None:
    assert shown(portal, author, "da") == "Ja"
    save(portal, author, "da", "Ja tak")
    assert shown(portal, author, "da") == "Ja tak"


def test_another_process_is_told_by_the_revision(portal: Portal, author: Author) -> None:
    for text in ("Ja tak", "Jo tak"):
        save(portal, author, "da", text)
    with portal.database.read(author.municipality_id) as session:
        assert session.scalar(select(Municipality.texts_revision)) == 2
    assert shown(portal_on(portal.database), author, "da") == "Jo tak"


def test_a_text_of_one_municipality_is_not_seen_by_another(portal: Portal, author: Author) -> None:
    other = Author(add_municipality(portal.database, "andenby", "+4520900001"), 0)
    save(portal, author, "da", "Ja tak")
    assert shown(portal, other, "da") == "Ja"


def test_a_refused_text_is_not_stored(portal: Portal, author: Author) -> None:
    checked = save(portal, author, "da", "Ja {navn}")
    assert checked is not None and checked.refused
    assert origin(portal, author, "da") is Origin.SHIPPED


@pytest.mark.parametrize(
    "text", ["", "Ja\0", "Ja\u001b[2J", "<script>ja</script>", "Ja" * 3_000, "{", "Ja {n"]
)
def test_what_would_break_a_page_is_refused(portal: Portal, author: Author, text: str) -> None:
    checked = save(portal, author, "da", text)
    assert checked is not None and checked.refused


def test_a_threat_in_danish_for_citizens_is_refused(portal: Portal, author: Author) -> None:
    checked = save(portal, author, "da", "Ja, ellers mister du din ydelse")
    assert checked is not None and checked.refused


def test_a_text_that_makes_its_whole_page_hard_to_read_is_refused() -> None:
    easy = "Vi vil gerne vide, hvordan du har det. Du kan svare nu. Du kan også vente til i morgen."
    danish = {
        "citizen.start.text": Entry("citizen.start.text", (easy,)),
        "citizen.start.more": Entry("citizen.start.more", ("Svar i ro.",)),
    }
    bench = texts.Bench(Catalogs({"da": danish}), {}, {})
    row = bench.row("da", "citizen.start.more")
    assert row is not None
    hard = (
        "Besvarelsen understøtter beskæftigelsesindsatsens virksomhedsrettede aktiviteter løbende fremover."
    )
    assert not texts.check(bench, row, ("Svar, når du kan.",), "da").problems
    found = texts.check(bench, row, (hard,), "da")
    assert found.refused
    assert "page_lix_too_high" in {each.code for each in found.problems}


def test_an_unknown_key_is_nobodys_text(portal: Portal, author: Author) -> None:
    assert save(portal, author, "da", "Ja", "common.nothing") is None
    assert save(portal, author, "xx", "Ja") is None


def test_the_shipped_text_comes_back(portal: Portal, author: Author) -> None:
    save(portal, author, "da", "Ja tak")
    texts.revert(portal, author, "da", KEY, NOW)
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
    texts.revert(portal, author, "da", KEY, NOW)
    assert shown(portal, author, "pl") == "Tak, dobrze"


def test_who_changed_which_text_is_in_the_audit_log(portal: Portal, author: Author) -> None:
    save(portal, author, "da", "Ja tak")
    texts.revert(portal, author, "da", KEY, NOW)
    with portal.database.read(author.municipality_id) as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(each.action, each.subject, each.staff_id, each.at) for each in events] == [
        ("text.saved", "text da common.yes", author.staff_id, NOW),
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


def test_an_sms_is_measured_as_it_will_be_sent(portal: Portal, author: Author) -> None:
    checked = save(portal, author, "da", INVITATION, "sms.invitation")
    assert checked is not None and checked.sms is not None
    assert (checked.refused, checked.sms.parts) == (False, 1)
    dear = save(portal, author, "da", INVITATION.replace("Kære", "“Kære”"), "sms.invitation")
    assert dear is not None and dear.sms is not None
    assert dear.sms.parts == 2


def test_a_po_file_comes_back_without_a_change(portal: Portal, author: Author) -> None:
    save(portal, author, "pl", "Tak, dobrze")
    place = Place("pl", "common")
    with portal.database.read(author.municipality_id) as session:
        bench = texts.open_bench(session, CATALOGS, ("pl",))
    preview = text_files.read(text_files.export(bench, place), "pl.po", bench, place)
    assert isinstance(preview, Preview)
    assert preview.rows == ()


def test_a_po_file_is_applied_whole(portal: Portal, author: Author) -> None:
    place = Place("pl", "common")
    with portal.database.write(author.municipality_id) as session:
        bench = texts.open_bench(session, CATALOGS, ("pl",))
        data = text_files.export(bench, place).decode()
        data = data.replace('msgid "common.yes"\nmsgstr "Tak"', 'msgid "common.yes"\nmsgstr "Owszem"')
        data = data.replace('msgid "common.no"\nmsgstr "Nie"', 'msgid "common.no"\nmsgstr "Wcale"')
        preview = text_files.read(data.encode(), "pl.po", bench, place)
        assert isinstance(preview, Preview)
        assert [each.change.forms for each in preview.rows] == [("Owszem",), ("Wcale",)]
        text_files.stage(session, data.encode(), preview, author.staff_id, NOW)
    assert shown(portal, author, "pl") == "Tak"
    assert isinstance(text_files.apply(portal, author, NOW), Preview)
    assert shown(portal, author, "pl") == "Owszem"
    assert shown(portal, author, "pl", "common.no") == "Wcale"
    assert text_files.apply(portal, author, NOW) is None


def test_a_staged_file_is_judged_again_by_what_is_true_when_it_is_used(
    portal: Portal, author: Author
) -> None:
    place = Place("pl", "common")
    with portal.database.write(author.municipality_id) as session:
        bench = texts.open_bench(session, CATALOGS, ("pl",))
        text = text_files.export(bench, place).decode()
        data = text.replace('msgstr "Tak"', 'msgstr "Owszem"').encode()
        preview = text_files.read(data, "pl.po", bench, place)
        assert isinstance(preview, Preview)
        text_files.stage(session, data, preview, author.staff_id, NOW)
    save(portal, author, "da", "Ja tak")
    applied = text_files.apply(portal, author, NOW)
    assert isinstance(applied, Preview)
    assert applied.rows == ()
    assert "source_changed" in {each.code for each in applied.left_out}
    assert shown(portal, author, "pl") == "Ja tak"
