"""A link goes out under the name and asks for no reply; a conversation runs on the number and carries no link.

Operators filter links that come from ordinary numbers, and a name of letters cannot be answered: an SMS that breaks
either rule does not arrive, or asks for what cannot be done.
"""

import re
from enum import StrEnum

from messaging.content_guard import holds_a_link

_NUMBER = re.compile(r"(?:[a-z]+:)?\+?\d{3,15}")
"""Also as another channel writes it, such as "whatsapp:+4510900900"."""

_WORDS = "|".join(
    (
        r"(?-i:STOP|START)\b",  # words to send back, the same in every language
        r"svar\s+(?:ja|nej|\d|på\s+denne|tilbage|her|med)\b",
        r"skriv\s+(?:ja|nej|\d|tilbage)\b",
        r"(?:reply|respond|text)\s+(?:yes|no|\d|to\s+this|back|with|here)\b",
        r"odpisz\b|odpowiedz\s+(?:na\s+t[eę]|tak|nie)\b",
        r"відповідайте\b|напишіть\s+(?:так|ні)\b",
        r"(?:evet|hayır)\s+yazın\b|bu\s+(?:mesaja|SMS'?e)\s+(?:yanıt|cevap)",
        r"răspunde(?:ți)?\s+(?:cu|la\s+acest|da|nu)\b",
        r"ku\s+jawaab\s+(?:haa|maya|fariintan)\b",
    )
)
_ANYWHERE = "|".join(
    (
        r"(?:رد|أجب|أرسل)\s+(?:على\s+هذه|بنعم|بلا|نعم|لا)",
        r"به\s+این\s+پیام\w*\s+پاسخ|(?:بله|خیر)\s+را?\s*بفرست",
        r"ነዚ\s+መልእኽቲ\s+መልስ|(?:እወ|ኣይፋል)\s+ጽሓፍ",
    )
)
_ASKS_FOR_REPLY = re.compile(
    # Looks first for the letters that any of them begins with: every SMS is asked, and nearly all hold none of them.
    rf"\b(?=[srtoвнehbk])(?:{_WORDS})|(?=[رأبخነእኣ])(?:{_ANYWHERE})",
    re.IGNORECASE,
)


class Broken(StrEnum):
    """Which rule a message breaks: a word for the catalogs."""

    LINK_FROM_NUMBER = "link_from_number"
    REPLY_TO_NAME = "reply_to_name"


def broken_rule(sender: str, text: str) -> Broken | None:
    """`sender` is the number or the name that the SMS would come from; None: it keeps both rules."""
    if _NUMBER.fullmatch(sender):
        return Broken.LINK_FROM_NUMBER if holds_a_link(text) else None
    return Broken.REPLY_TO_NAME if _ASKS_FOR_REPLY.search(text) else None
