"""STOP and START as people write them: the whole message, in each launch language."""

import unicodedata
from enum import StrEnum


class Command(StrEnum):
    STOP = "stop"
    START = "start"


# `en` holds the words on which Twilio itself blocks a number: we must understand what the provider acts on.
# Its "yes" is left out: with us, that is an answer.
_WORDS = {
    "da": ("stop, stopp, stop sms, stop alle sms, stop beskeder, stop tak, stop venligst, afmeld, afmeld sms, "
           "afmeld mig, afmeld tak, frameld, frameld mig, ikke flere sms, ingen flere sms",
           "start, start igen, start sms, tilmeld, tilmeld sms, tilmeld mig, tilmeld igen"),
    "en": ("stop, stopall, stop all, stop please, please stop, stop texting me, unsubscribe, cancel, end, quit, "
           "revoke, optout, opt out, no more sms, no more texts",
           "start, start again, unstop, subscribe"),
    "ar": ("إيقاف, ايقاف, توقف, أوقف, قف, إلغاء, إلغاء الاشتراك, ألغ الاشتراك, أوقفوا الرسائل, إيقاف الرسائل, "
           "توقف من فضلك, ستوب, استوب", "ابدأ, ابدا, بدء, اشتراك, ستارت"),
    "uk": ("стоп, стоп смс, зупинити, зупиніть, відписатися, відписка, припинити, припиніть, отписаться, отписка, "
           "прекратить",
           "старт, почати, підписатися, відновити, подписаться, начать"),
    "pl": ("stop, wypisz, wypisz mnie, rezygnuję, rezygnacja, anuluj, koniec sms, proszę przestać",
           "start, zapisz, zapisz mnie, wznów"),
    "tr": ("dur, durdur, durdurun, iptal, iptal et, sms iptal, mesaj istemiyorum", "başla, başlat, tekrar başlat"),
    "so": ("jooji, joogso, jooji fariimaha, iga jooji", "bilow, bilaw, billow, dib u bilow"),
    "ti": ("ደው, ደው በል, ደው ኣብል, ደው ኣብሉ, ጠጠው, ጠጠው ኣብል, ኣቁም, አቁም, ኣቋርጽ, አቋርጥ", "ጀምር, ጀምሩ, ኣጀምር, እንደገና ጀምር"),
    "fa": ("توقف, متوقف, متوقف کن, لغو, لغو اشتراک, لغو عضویت, پیام نفرستید, پیامک نفرستید, استاپ, استوپ",
           "شروع, شروع کن, آغاز, استارت"),
    "ro": ("stop, opriți, oprește, oprire, dezabonare, dezabonați-mă, dezabonează-mă, fără sms",
           "start, pornește, porniți, abonare, reia"),
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
