import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.plain_language import (
    Band,
    Concern,
    Finding,
    Severity,
    band,
    check,
    readability,
    sentences,
    threats,
    words,
)

SHORT, LONG = "hus", "husbåde"


def sentence(short: int, long: int) -> str:
    return " ".join([SHORT] * short + [LONG] * long).capitalize() + "."


def test_twenty_words_a_sentence_with_a_fifth_long_is_forty() -> None:
    assert readability(" ".join([sentence(16, 4)] * 3)).lix == 40


@given(
    per=st.integers(min_value=1, max_value=40),
    long=st.integers(min_value=0, max_value=40),
    count=st.integers(1, 6),
)
def test_lix_is_sentence_length_plus_the_percentage_of_long_words(per: int, long: int, count: int) -> None:
    measured = readability(" ".join([sentence(per, long)] * count))
    assert (measured.words, measured.sentences, measured.long_words) == (
        (per + long) * count,
        count,
        long * count,
    )
    exact = per + long + 100 * long / (per + long)
    assert measured.lix is not None
    assert exact - 0.5 < measured.lix <= exact + 0.5


def test_a_word_of_seven_letters_is_long_and_one_of_six_is_not() -> None:
    assert readability("Husbåde huset er.").long_words == 1
    assert readability("Husbåd huset er.").long_words == 0


@pytest.mark.parametrize(
    ("lix", "name"),
    [
        (24, Band.VERY_EASY),
        (25, Band.EASY),
        (34, Band.EASY),
        (35, Band.MEDIUM),
        (44, Band.MEDIUM),
        (45, Band.HARD),
        (54, Band.HARD),
        (55, Band.VERY_HARD),
    ],
)
def test_the_bands_have_the_published_edges(lix: int, name: Band) -> None:
    assert band(lix) is name


@pytest.mark.parametrize(
    "text",
    [
        "Mødet er den 17. marts på rådhuset.",
        "Vi ses kl. 9 i lokale nr. 4 på 2. sal.",
        "Ring på tlf. 12 34 56 78 inden mødet.",
        "Du kan f.eks. tage bl.a. Lone med.",
        "Det koster ca. 20 kr. om dagen.",
        "Tag papirer, kaffe osv. med til mødet.",
        "Spørg P. Hansen, hvis du er i tvivl.",
        "Mødet varer fra 13.00 til 13.45 i dag.",
        "Se mere på www.eksempel.dk i dag.",
    ],
)
def test_an_abbreviation_an_ordinal_or_a_time_is_not_a_full_stop(text: str) -> None:
    assert sentences(text) == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "Hej Lone. Vi ses i morgen.",
        "Vi ses kl. 17. Husk kaffe.",
        "Tag kaffe osv. Vi ses på mødet.",
        "Det tager 5 min. Du kan holde pause.",
        "Kommer du? Ring til os.",
        "Det går! Ring til os…",
        "Han sagde “ja.” Vi ses.",
    ],
)
def test_what_ends_a_sentence(text: str) -> None:
    assert len(sentences(text)) == 2


def test_a_sentence_may_end_with_an_abbreviation_or_an_ordinal() -> None:
    assert len(sentences("Vi ses den 17.\nRing på tlf.")) == 2


def test_headings_and_list_items_are_left_out() -> None:
    running = "Vi ses på tirsdag. Du kan ringe til os."
    text = f"# Beskæftigelsesforanstaltninger\nDet praktiske\n{running}\n- Mødeindkaldelsen\n2. Legitimation."
    assert readability(text) == readability(running)


def test_leaving_out_the_full_stop_does_not_make_a_long_text_a_heading() -> None:
    text = " ".join([LONG] * 30)
    assert readability(text).words == 30


def test_a_text_without_a_sentence_has_no_lix() -> None:
    assert readability("Vil ikke svare").lix is None
    assert readability("").lix is None
    assert check("Kommunikationsindstillinger") == ()


def test_numbers_and_placeholders_are_short_words_and_a_hyphen_joins() -> None:
    assert words("Hej {firstname_of_citizen}, ring 12345678 om dit CPR-nummer") == [
        "Hej",
        "x",
        "ring",
        "12345678",
        "om",
        "dit",
        "CPR-nummer",
    ]
    assert readability("Ring {firstname_of_citizen} 12345678 CPR-nummer.").long_words == 1


def test_tags_are_no_words() -> None:
    assert readability("Ring <strong>ikke</strong> nu.").words == 3


def test_a_text_at_the_target_is_fine_and_above_it_is_told() -> None:
    assert check(sentence(9, 1) + " " + sentence(8, 2) + " " + sentence(8, 2)) == ()
    above = check(" ".join([sentence(15, 3)] * 2))
    assert above == (Finding(Concern.LIX_ABOVE_TARGET, Severity.WARNING, 35),)


def test_a_text_above_the_limit_cannot_be_published() -> None:
    assert check(" ".join([sentence(16, 4)] * 2)) == (Finding(Concern.LIX_TOO_HIGH, Severity.ERROR, 40),)


def test_a_few_words_are_not_judged_by_lix() -> None:
    assert check("Svarene gemmes krypteret.") == ()


def test_a_long_sentence_is_told_even_as_a_list_item() -> None:
    for text in (sentence(21, 0), "- " + sentence(21, 0), "# " + sentence(21, 0)):
        [found] = check(text)
        assert found.concern is Concern.LONG_SENTENCE
        assert found.number == 21


@pytest.mark.parametrize(
    "text",
    [
        "Du mister din ydelse.",
        "Du kan miste penge.",
        "Det kan få konsekvenser for dig.",
        "Du får en SANKTION.",
        "Beløbet trækkes i din kontanthjælp.",
        "Vi laver et træk i din ydelse.",
        "Det er din pligt.",
        "Du har mødepligt.",
        "Du er forpligtet til det.",
        "Din hjælp bortfalder.",
        "Du skal tilbagebetale hjælpen.",
        "Hvis du udebliver, ringer vi.",
    ],
)
def test_a_threat_blocks(text: str) -> None:
    assert [finding.severity for finding in check(text)] == [Severity.ERROR]


@pytest.mark.parametrize(
    "text",
    [
        "Vi har tavshedspligt.",
        "Har du mistet dit job?",
        "Træk vejret roligt.",
        "Vi inddrager dig i planen.",
        "Mistanke og minister er andre ord.",
        "Du har nedsat arbejdsevne.",
    ],
)
def test_a_word_that_only_looks_like_a_threat_passes(text: str) -> None:
    assert threats(text) == ()


@given(st.text())
def test_any_text_can_be_measured(text: str) -> None:
    measured = readability(text)
    assert measured.long_words <= measured.words
    assert (measured.lix is None) == (measured.sentences == 0)
    check(text)
