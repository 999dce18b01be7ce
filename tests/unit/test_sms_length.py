"""An SMS is measured as each reader gets it, and tells of none of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.locales import LOCALES
from i18n.texts import shipped_catalogs
from portal.domain.links import TOKEN_LENGTH
from portal.domain.texts import Kind
from portal.services.texts.bench import Bench, TextRow
from portal.services.texts.meter import meter
from portal.services.texts.post import ORDINARY, Post, as_sent
from portal.store.readers import Reader

TODAY = date(2026, 11, 18)
INVITATION = "sms.invitation"
SHORT, LONG = Reader("Bo", None, "Kirsten Holm"), Reader("Wilhelmina-Alexandrine", None, "Kirsten Holm")
SIGNED = Reader("Mette", "solsikke", "Kirsten Holm")


def post(*readers: Reader, locale: str = "da") -> Post:
    return Post(
        texts=shipped_catalogs().texts(locale),
        readers=readers,
        are_real=True,
        link_url="https://svar.aakoebing.dk",
        office_phone="+45 89 12 34 56",
        minutes=7,
        today=TODAY,
        part_price=40,
    )


def row(key: str = INVITATION, locale: str = "da") -> TextRow:
    found = Bench(shipped_catalogs(), {}).row(locale, key)
    assert found is not None
    return found


def sent(key: str, form: str, *readers: Reader, locale: str = "da") -> list[str]:
    return list(as_sent(post(*readers, locale=locale), key, form))


def test_it_holds_her_name_her_caseworkers_first_name_and_the_link_at_its_full_length() -> None:
    (text,) = sent(INVITATION, "{name} {caseworker} {minutes} {link}", SHORT)
    name, caseworker, minutes, link = text.split()
    assert (name, caseworker, minutes) == ("Bo", "Kirsten", "7")
    assert link == f"https://svar.aakoebing.dk/{'x' * TOKEN_LENGTH}"


def test_the_word_that_something_waits_leads_to_the_site_itself() -> None:
    for key in ("sms.new_message", "sms.meeting_with_word"):
        assert sent(key, "{link}", SIGNED) == ["https://svar.aakoebing.dk"]


def test_readers_are_counted_by_the_parts_that_they_get() -> None:
    form = f"Hej {{name}}. {'x' * 145}"
    found = meter(row(), (form,), post(SHORT, SHORT, LONG)).sms
    assert found is not None
    assert (found.parts, found.readers) == ({1: 2, 2: 1}, 3)
    assert (found.longest.parts, found.longest.units) == (2, 6 + 145 + len(LONG.first_name))


def test_a_name_of_other_letters_makes_it_dear_and_its_letters_are_not_told() -> None:
    found = meter(row(), (f"Hej {{name}}. {'x' * 80}",), post(Reader("Łucja", None, "Kirsten"))).sms
    assert found is not None
    assert (found.parts, found.forcing) == ({2: 1}, ())
    own = meter(row(), ("Hej – {name}",), post(SHORT)).sms
    assert own is not None
    assert [each.character for each in own.forcing] == ["–"]


def test_who_has_chosen_a_word_gets_the_wording_with_it_and_the_others_the_one_without() -> None:
    assert sent("sms.invitation_with_word", "{name} {word}", SHORT, SIGNED) == ["Mette solsikke"]
    assert sent(INVITATION, "{name}", SHORT, SIGNED) == ["Bo"]


def test_where_nobody_has_chosen_a_word_an_ordinary_one_is_measured() -> None:
    assert sent("sms.invitation_with_word", "{name} {word}", SHORT) == [f"Bo {ORDINARY.kendeord}"]


def test_her_word_stands_below_what_carries_it_there() -> None:
    assert sent("sms.crisis_answer", "Ring 112.", SHORT, SIGNED) == ["Ring 112.", "Ring 112.\nsolsikke"]
    assert sent("sms.unknown_sender", "Hvem er du?", SIGNED) == ["Hvem er du?"]


def test_a_name_of_the_other_direction_is_kept_apart_as_it_is_when_it_is_sent() -> None:
    assert sent(INVITATION, "مرحبا {name}", SHORT, locale="ar") == ["مرحبا \u2068Bo\u2069"]


def test_of_a_day_and_of_a_question_the_longest_is_measured() -> None:
    (day,) = sent("sms.agenda", "{day}", SHORT)
    assert len(day) >= len("torsdag den 26. november")
    (question,) = sent("sms.check_in", "{question}", SHORT)
    assert question.endswith(shipped_catalogs().texts("da")("sms.check_in_how_number"))


def test_what_only_stands_in_another_sms_has_no_length_of_its_own() -> None:
    for key in ("sms.check_in_how_yes_no", "sms.check_in_yes"):
        assert meter(row(key), ("JA",), post(SHORT)).sms is None


def test_an_empty_text_and_a_text_that_is_no_sms_have_no_length() -> None:
    assert meter(row(), ("", ""), post(SHORT)).sms is None
    page = row("citizen.welcome.begin")
    assert page.kind is Kind.PAGE
    assert meter(page, ("Begynd",), None).sms is None


@pytest.mark.parametrize("locale", LOCALES)
def test_every_shipped_sms_can_be_measured_in_every_language(locale: str) -> None:
    catalogs, ours = shipped_catalogs(), post(SHORT, LONG, SIGNED, locale=locale)
    for key in catalogs.keys("sms"):
        entry = catalogs.entry(locale, key)
        texts = [text for form in (entry.forms if entry else ()) for text in as_sent(ours, key, form)]
        assert not [text for text in texts if "{" in text]


@given(st.lists(st.sampled_from([SHORT, LONG, SIGNED]), min_size=1, max_size=30))
def test_each_reader_is_counted_once(readers: list[Reader]) -> None:
    found = meter(row("sms.crisis_answer"), ("Hej {name} {word}",), post(*readers)).sms
    assert found is not None
    assert found.readers == len(readers)
    assert found.longest.parts == max(found.parts)


def test_a_placeholder_that_we_do_not_know_stands_as_its_name() -> None:
    assert sent(INVITATION, "Hej {nmae}", SHORT) == ["Hej nmae"]


def test_a_name_is_never_read_as_a_placeholder() -> None:
    assert sent(INVITATION, "Hej {name}", SHORT._replace(first_name="{link}")) == ["Hej {link}"]
