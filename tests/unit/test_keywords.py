"""STOP and START: the whole message, however it is typed, in each launch language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.locales import LOCALES
from messaging.keywords import Command, command_in

STOP = ["stop", "afmeld", "unsubscribe", "إيقاف", "أوقف", "توقف", "стоп", "зупинити", "rezygnuję", "dur", "iptal",
        "jooji", "ኣቁም", "ደው በል", "لغو", "opriți", "oprește"]  # fmt: skip
START = ["start", "tilmeld", "unstop", "ابدأ", "старт", "почати", "zapisz", "başla", "bilow", "ጀምር", "شروع",
         "pornește"]  # fmt: skip


@pytest.mark.parametrize("word", STOP)
def test_stop_is_understood_in_every_language(word: str) -> None:
    assert command_in(word) is Command.STOP


@pytest.mark.parametrize("word", START)
def test_start_is_understood_in_every_language(word: str) -> None:
    assert command_in(word) is Command.START


BY_LANGUAGE = {
    "da": ("Stop", "Afmeld", "Start", "Tilmeld"),
    "en": ("Stop", "Unsubscribe", "Start", "Unstop"),
    "ar": ("أوقف", "إلغاء الاشتراك", "ابدأ", "اشتراك"),
    "uk": ("Стоп", "Відписатися", "Старт", "Підписатися"),
    "pl": ("Stop", "Wypisz", "Start", "Zapisz"),
    "tr": ("Dur", "İptal", "Başla", "Başlat"),
    "so": ("Jooji", "Joogso", "Bilow", "Bilaw"),
    "ti": ("ደው በል", "ኣቁም", "ጀምር", "ጀምሩ"),
    "fa": ("توقف", "لغو اشتراک", "شروع", "آغاز"),
    "ro": ("Stop", "Dezabonare", "Start", "Abonare"),
}
"""Two words for STOP and two for START."""


@pytest.mark.parametrize("code", LOCALES)
@pytest.mark.parametrize("dressed", ["{}", "{}!", "  {}.  ", "\u200f{}\u200f", "“{}” 🙏", "{}\n"])
def test_each_launch_language_has_its_own_words_however_they_are_dressed(code: str, dressed: str) -> None:
    *stops, start, again = BY_LANGUAGE[code]
    for word in stops:
        assert command_in(dressed.format(word)) is Command.STOP
        assert command_in(dressed.format(word.upper())) is Command.STOP
    for word in (start, again):
        assert command_in(dressed.format(word)) is Command.START


@pytest.mark.parametrize(
    "text",
    ["STOP", "Stop!", " stop. ", "«Stop»", "stop\n", "🛑 STOP 🛑", "İPTAL", "IPTAL", "Opri\u0163i", "rezygnuje",
     "ＳＴＯＰ", "إيقاف!", "ايقاف", "تـوقف", "\u200fتوقف\u200f", "ደው  በል።", "stop sms",
     "Stop tak!", "STOP venligst", "Please stop.", "Afmeld mig", "Ikke flere SMS", "stopp", "СТОП СМС", "отписаться",
     "wypisz mnie", "iptal et", "ستوب", "توقف من فضلك", "متوقف کن", "ደው ኣብል", "jooji fariimaha", "dezabonați-mă"],
)  # fmt: skip
def test_case_accents_punctuation_and_marks_do_not_matter(text: str) -> None:
    assert command_in(text) is Command.STOP


@pytest.mark.parametrize(
    "text",
    ["Endelig fik jeg job", "Endelig", "stop lige med de spørgsmål", "Jeg kan ikke stoppe", "bussen har et stop",
     "ja", "yes", "nej", "", "  ", "👍", "1", "startede i går", "Nu starter jeg", "slut",
     "stop nu lige", "kan I stoppe?", "koniec", "dur bakalım", "tak", "jeg vil gerne stoppe på kurset", "start mandag",
     "resume", "ikke flere"],
)  # fmt: skip
def test_a_message_that_says_more_or_else_is_no_command(text: str) -> None:
    assert command_in(text) is None


@given(st.sampled_from(STOP), st.text("abcæøåабв", min_size=1))
def test_a_command_inside_a_message_is_none(word: str, more: str) -> None:
    assert command_in(f"{word} {more} {word}") is None


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert command_in(text) in {None, Command.STOP, Command.START}
