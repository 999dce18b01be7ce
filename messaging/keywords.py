"""STOP and START as people write them: the whole message, in each launch language."""

import unicodedata
from enum import StrEnum


class Command(StrEnum):
    STOP = "stop"
    START = "start"


# `en` holds the words on which Twilio itself blocks a number: we must understand what the provider acts on.
# Its "yes" is left out: with us, that is an answer.
_WORDS = {
    "da": ("stop, stop sms, afmeld, afmeld sms, frameld", "start, start sms, tilmeld, tilmeld sms"),
    "en": ("stop, stopall, stop all, unsubscribe, cancel, end, quit, revoke, optout, opt out",
           "start, unstop, subscribe"),
    "ar": ("إيقاف, ايقاف, توقف, أوقف, قف, إلغاء, إلغاء الاشتراك", "ابدأ, ابدا, بدء, اشتراك"),
    "uk": ("стоп, зупинити, зупиніть, відписатися, припинити", "старт, почати, підписатися"),
    "pl": ("stop, wypisz, rezygnuję, anuluj", "start, zapisz, wznów"),
    "tr": ("dur, durdur, iptal", "başla, başlat"),
    "so": ("jooji, joogso", "bilow, bilaw"),
    "ti": ("ደው, ደው በል, ጠጠው, ኣቁም, አቁም", "ጀምር, ጀምሩ"),
    "fa": ("توقف, لغو, لغو اشتراک", "شروع, آغاز"),
    "ro": ("stop, opriți, oprește, dezabonare", "start, pornește, abonare"),
}  # fmt: skip

# One letter, two code points: Arabic and Persian keyboards differ; Turkish and Romanian phones too.
_TATWEEL = "\u0640"  # stretches a word, says nothing
_SAME_LETTER = str.maketrans({_TATWEEL: "", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ı": "i", "ł": "l"})


def plain(text: str) -> str:
    """Letters, digits and single spaces; case, accents, punctuation and emoji do not count.

    For comparing what people write with lists of words, in any script: "Slå mig!" and "sla  mig" are the same.
    """
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_SAME_LETTER)
    seen = "".join(sign if unicodedata.category(sign)[0] in "LN" else _gap(sign) for sign in folded)
    return " ".join(seen.split())


def _gap(sign: str) -> str:
    return "" if unicodedata.category(sign) in {"Mn", "Cf"} else " "


def _table() -> dict[str, Command]:
    commands: dict[str, Command] = {}
    for stop, start in _WORDS.values():
        commands |= dict.fromkeys(map(plain, stop.split(",")), Command.STOP)
        commands |= dict.fromkeys(map(plain, start.split(",")), Command.START)
    return commands


_COMMANDS = _table()


def command_in(text: str) -> Command | None:
    """The command that the message is, if it is nothing else ("Endelig fik jeg job" is no END)."""
    return _COMMANDS.get(plain(text))
