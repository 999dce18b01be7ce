"""How people in the demo answer a check-in by SMS: one word, mostly, in the language they have."""

from collections.abc import Mapping, Sequence

WORDS: Mapping[str, Sequence[str]] = {
    "da": ("Ja tak", "Ja det gik fint 😊", "Nej desværre", "jo", "Bussen kørte ikke, men jeg kom frem"),
    "en": ("Yes, thanks", "Yes"),
    "ar": ("نعم شكرا", "نعم"),
    "uk": ("Так, дякую", "так"),
    "pl": ("Tak", "tak dziękuję"),
    "tr": ("Evet", "evet teşekkürler"),
    "so": ("Haa", "Haa mahadsanid"),
    "ti": ("እወ", "እወ የቐንየለይ"),
    "fa": ("بله", "بله ممنون"),
    "ro": ("Da", "Da, mulțumesc"),
}
"""To a question that is answered by yes or no. One of them is a message and no answer."""
NUMBERS: Mapping[str, Sequence[str]] = {
    "da": ("4 :)", "3", "2 tror jeg", "fire"),
    "ar": ("٤", "الجواب 3"),
    "fa": ("۴", "سه"),
    "ti": ("፬", "3"),
}
"""To a question that is answered by a number from 1 to 5."""
