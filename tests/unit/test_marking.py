"""What is marked in a Danish text, where, and what is offered instead."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n import passive
from i18n.glossary import Glossary
from i18n.marking import Kind, heaviest, marks, pieces
from i18n.plain_language import PLACEHOLDER, TAG, threats

BITS = (
    *(
        "såfremt",
        "fremsendes",
        "Hvis",
        "du",
        "bliver",
        "kontaktet",
        "jf.",
        "f.eks.",
        "kommunen",
        "samt",
        "sanktion",
    ),
    *(
        "{navn}",
        "<b>",
        "</b>",
        "<br>",
        ",",
        ".",
        ";",
        "(",
        ")",
        "\n",
        "- ",
        "# ",
        "som",
        "at",
        "LAB",
        "💛",
        "ß",
        "İ",
    ),
    *("i henhold til", "kontanthjælp", "i tilfælde af, at", "1.", "…", "\u2028", "beskæftigelsesindsats"),
)
texts = st.lists(st.sampled_from(BITS) | st.text(max_size=8), max_size=40).map(" ".join)


def of(kind: Kind, text: str, glossary: Glossary | None = None) -> list[str]:
    found = marks(text, glossary) if glossary else marks(text)
    return [text[mark.start : mark.end] for mark in found if mark.kind is kind]


@given(texts)
def test_marks_stand_within_the_text_in_order_and_never_overlap(text: str) -> None:
    found = marks(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in found)
    assert all(one.end <= next_.start for one, next_ in pairwise(found))


@given(texts)
def test_the_pieces_with_their_marks_taken_off_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text, marks(text))) == text


@given(texts)
def test_nothing_is_marked_in_a_placeholder_or_a_tag(text: str) -> None:
    closed = [match.span() for rule in (PLACEHOLDER, TAG) for match in rule.finditer(text)]
    for mark in marks(text):
        assert not any(mark.start < end and start < mark.end for start, end in closed)


@given(texts)
def test_every_threat_that_blocks_a_text_is_marked_in_it(text: str) -> None:
    plain = text.replace("<", "").replace("{", "")
    assert len(of(Kind.THREAT, plain)) == len(threats(plain))


def test_a_long_word_has_seven_letters() -> None:
    assert of(Kind.LONG_WORD, "Husbåde ved vandet er rare.") == ["Husbåde"]
    assert [mark.number for mark in marks("Husbåde er rare.")] == [7]


@pytest.mark.parametrize(
    ("text", "passives"),
    [
        ("Skemaet sendes i dag.", ["sendes"]),
        ("Det skal udfyldes af dig.", ["udfyldes"]),
        ("Du bliver kontaktet.", ["bliver kontaktet"]),
        ("Sagen blev ikke behandlet.", ["blev ikke behandlet"]),
        ("Brevet er blevet gemt.", ["blevet gemt"]),
        ("Papirerne blev så underskrevet.", ["blev så underskrevet"]),
    ],
)
def test_the_passive_is_marked(text: str, passives: list[str]) -> None:
    assert [text[each.start : each.end] for each in passive.find(text)] == passives


@pytest.mark.parametrize(
    "text",
    [
        "Det findes, og det lykkes, hvis du synes.",
        "Vi mødes, vi ses, og vi tales ved.",
        "Hun trives, og de mindes det.",
        "Det skyldes, at vi længes og skændes.",
        "Borgernes, kommunes, deres, jeres og vores ting.",
        "Kvindes og ledernes valg, borgeres og lederes svar.",
        "Således, ligeledes, anderledes, særdeles og indes.",
        "Du bliver glad, træt og nødt til at gå.",
        "Hun bliver ansat og uddannet.",
        "Bliver det godt, når du har sendt det?",
        "Det føles og høres fint. I følges ad og hjælpes ad.",
        "Der fandtes tre. Det behøves ikke.",
    ],
)
def test_words_that_only_end_like_a_passive_are_left_alone(text: str) -> None:
    assert list(passive.find(text)) == []


@pytest.mark.parametrize(
    ("text", "active"),
    [
        ("Det sendes.", "sender"),
        ("Det skal ikke sendes.", "skal sende"),
        ("Det gøres.", "gør"),
        ("Det blev ikke sat.", "sætter"),
    ],
)
def test_the_verb_is_offered_as_somebody_does_it(text: str, active: str) -> None:
    assert [each.active for each in passive.find(text)] == [active]


def test_a_sentence_of_more_than_twenty_words_is_marked_where_it_can_be_parted() -> None:
    half = "du kan tage en ven med og få en kop te"
    text = f"{half.capitalize()}, men {half}."
    (mark,) = (each for each in marks(text) if each.kind is Kind.LONG_SENTENCE)
    assert (text[mark.start : mark.end], mark.number) == ("men", 21 + 2)
    assert of(Kind.LONG_SENTENCE, f"{half.capitalize()}. Men {half}.") == []


def test_the_place_to_part_it_is_the_next_where_the_nearest_bears_a_weightier_mark() -> None:
    text = (
        "Du kan tage en ven med, men du kan også få en kop te samt en bolle, når du er hos os på fredag her."
    )
    assert (of(Kind.OFFICIALESE, text), of(Kind.LONG_SENTENCE, text)) == (["samt"], ["men"])


def test_a_long_sentence_with_nowhere_to_part_it_is_marked_at_its_end() -> None:
    assert of(Kind.LONG_SENTENCE, " ".join(["hus"] * 20 + ["bil."])) == ["bil"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Det brev, som du fik af os i går, skal du tage med.", ["som"]),
        ("Hvis brevet, som du fik af os i går, ikke er her, så ring.", ["som"]),
        ("Her er de tre SMS, som ikke blev sendt, ikke kom frem eller venter.", []),
        ("Den, der sender alle vores SMS til dig, får også dit nummer.", []),
        ("Skemaet (som vi har lagt ved dette brev) skal du tage med til os.", ["("]),
        ("Du ved, at vi skrev, at du kan få svar, hvis du ringer til os.", ["hvis"]),
        ("Hvis du er syg den dag, skal du ringe til os før klokken ni.", []),
        ("Tag pas, sko, som du kan gå i, og en god ven med på turen.", []),
        ("Du kan ringe, skrive, møde op, sende sms, mail eller et brev til os.", []),
    ],
)
def test_a_clause_put_into_another_is_marked_and_a_list_or_a_clause_in_front_is_not(
    text: str, words: list[str]
) -> None:
    assert of(Kind.NESTED, text) == words


def test_abbreviations_are_written_out_but_not_those_that_everybody_reads() -> None:
    text = "Tag f.eks. pas med pga. reglen i LAB. Vi ses kl. 9 i nr. 4, tlf. 12. Det er en SMS."
    found = {
        text[mark.start : mark.end]: mark.suggestions
        for mark in marks(text)
        if mark.kind is Kind.ABBREVIATION
    }
    assert found == {"f.eks.": ("for eksempel",), "pga.": ("på grund af",), "LAB": ()}
    assert of(Kind.ABBREVIATION, "HUSK DET NU") == []


def test_a_word_of_the_trade_is_marked_with_its_name_in_the_glossary() -> None:
    glossary = Glossary({"mentor": "mentor, mentoren"})
    found = [mark for mark in marks("Din mentor ser på din rådighed.", glossary) if mark.kind is Kind.JARGON]
    assert [mark.term for mark in found] == ["mentor", ""]


def test_the_weightiest_mark_stands_where_two_would_overlap() -> None:
    assert [mark.kind for mark in marks("Sanktioner. Fremsendes.")] == [Kind.THREAT, Kind.OFFICIALESE]


def test_a_plain_text_has_no_marks() -> None:
    assert marks("Hej Mette. Vi vil gerne tale med dig. Ring til os, når du kan.") == ()


def test_the_heaviest_sentence_is_told_with_what_makes_it_heavy() -> None:
    heavy = "Såfremt dokumentationen ikke fremsendes rettidigt, iværksættes sagsbehandlingen efterfølgende."
    found = marks(text := f"Hej Mette. {heavy} Vi ses på fredag i vores nye hus ved åen.")
    worst = heaviest(text, found)
    assert worst and worst.text == heavy and Kind.OFFICIALESE in {mark.kind for mark in worst.marks}
    assert heaviest("Hej Mette. Vi ses på fredag i vores nye hus ved åen.", ()) is None
