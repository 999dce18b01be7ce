"""What people write to each other in the demo: plain, kind, practical. Nothing about health or benefits.

``{citizen}`` and ``{caseworker}`` stand for first names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Author = Literal["citizen", "staff"]


class Turn(NamedTuple):
    author: Author
    text: str


Dialogue = tuple[Turn, ...]


def _of(*texts: str, first: Author) -> Dialogue:
    """Turns that alternate, ``first`` beginning."""
    other: Author = "staff" if first == "citizen" else "citizen"
    return tuple(Turn(first if number % 2 == 0 else other, text) for number, text in enumerate(texts))


DIALOGUES: Mapping[str, tuple[Dialogue, ...]] = {
    "da": (
        _of(
            "Hej {citizen}. Tak for snakken i går. Jeg sender dig adressen på værkstedet her på siden.",
            "Tak. Hvornår skal jeg være der?",
            "Kl. 9 på mandag. Spørg efter Birgit. Du kan ringe til mig, hvis du farer vild.",
            "Det er godt. Jeg tager bussen.",
            first="staff",
        ),
        _of(
            "Hej {caseworker}. Kan vi flytte mødet til torsdag? Min søn har første dag i børnehave.",
            "Ja, det kan vi. Torsdag kl. 10.30, samme sted. God fornøjelse i børnehaven.",
            "Tusind tak.",
            first="citizen",
        ),
        _of(
            "Hej {citizen}. Jeg har set dine svar. Tak for dem. Skal vi tale om det næste skridt på tirsdag?",
            "Ja tak. Jeg vil gerne høre mere om det med lageret.",
            "Så tager jeg papirerne med om lageret. Vi ses.",
            first="staff",
        ),
        _of(
            "Jeg var til samtale på biblioteket i dag. De var søde.",
            "Hvor godt! Hvornår hører du fra dem?",
            "I næste uge, sagde de.",
            "Jeg krydser fingre. Skriv, når du ved noget.",
            first="citizen",
        ),
        _of(
            "Hvor skal jeg gå hen på fredag?",
            "Til hovedindgangen på Åvej 4. Jeg henter dig i døren kl. 13.",
            "Ok, tak.",
            first="citizen",
        ),
        _of(
            "Hej {citizen}. Der er plads på truckkurset i uge 6. Vil du have den?",
            "Ja! Det vil jeg meget gerne.",
            "Så er du skrevet op. Jeg sender dig tid og sted.",
            first="staff",
        ),
        _of(
            "Hej {caseworker}. Jeg har fået ny cykel, så nu kan jeg godt komme til værkstedet hver dag.",
            "Det er gode nyheder. Skal vi sige fra på mandag?",
            "Ja, det siger vi.",
            first="citizen",
        ),
        _of(
            "Hej {citizen}. Jeg holder ferie i næste uge. Jonas svarer dig imens.",
            "God ferie.",
            first="staff",
        ),
        _of(
            "Kan du hjælpe mig med at læse det brev, jeg har fået?",
            "Ja. Tag det med på onsdag, så læser vi det sammen.",
            "Tak for det.",
            first="citizen",
        ),
        _of(
            "Hej {citizen}. Hvordan gik den første uge i køkkenet?",
            "Det gik fint. Jeg har lært at lave 80 portioner suppe.",
            "Det er flot! Jeg kommer forbi og siger hej på torsdag.",
            first="staff",
        ),
        _of(
            "Jeg bliver lidt forsinket i dag. Toget holder stille.",
            "Det gør ikke noget. Jeg venter på dig.",
            first="citizen",
        ),
        _of(
            "Hej {citizen}. Har du lyst til at se gartneriet, før du siger ja?",
            "Ja, det vil jeg gerne. Kan det være en formiddag?",
            "Tirsdag kl. 9 passer dem godt. Tag støvler på.",
            "Det gør jeg.",
            first="staff",
        ),
    ),
    "en": (
        _of(
            "Hi {caseworker}. Is the course on Monday in English?",
            "Hi {citizen}. Yes, it is. Come at 9, room 12. Ask for me if you cannot find it.",
            "Thank you.",
            first="citizen",
        ),
        _of(
            "Hi {citizen}. Thank you for your answers. Shall we talk about them on Thursday at 11?",
            "Yes, that is fine for me.",
            first="staff",
        ),
    ),
    "ar": (
        _of(
            "مرحباً {caseworker}. هل الموعد يوم الاثنين الساعة 9 أم 10؟",
            "مرحباً {citizen}. الساعة 10. نلتقي عند المدخل.",
            "شكراً جزيلاً.",
            first="citizen",
        ),
        _of(
            "مرحباً {citizen}. شكراً على إجاباتك. هل نتحدث عنها يوم الثلاثاء؟",
            "نعم، يناسبني ذلك.",
            first="staff",
        ),
    ),
    "uk": (
        _of(
            "Добрий день! Чи можна перенести зустріч на четвер?",
            "Добрий день, {citizen}. Так, у четвер о 10:30.",
            "Дуже дякую.",
            first="citizen",
        ),
        _of(
            "Добрий день, {citizen}. На курсі данської є місце з понеділка. Хочете?",
            "Так, дуже хочу!",
            first="staff",
        ),
    ),
    "pl": (
        _of(
            "Dzień dobry. Czy mogę przyjść na spotkanie pół godziny później?",
            "Dzień dobry, {citizen}. Tak, oczywiście. Do zobaczenia o 10.30.",
            "Dziękuję.",
            first="citizen",
        ),
        _of(
            "Dzień dobry, {citizen}. Jak minął pierwszy tydzień w magazynie?",
            "Bardzo dobrze. Ludzie są mili.",
            first="staff",
        ),
    ),
    "tr": (
        _of(
            "Merhaba {caseworker}. Pazartesi nereye gelmem gerekiyor?",
            "Merhaba {citizen}. Åvej 4, ana giriş. Saat 9'da sizi kapıda karşılarım.",
            "Teşekkür ederim.",
            first="citizen",
        ),
    ),
    "so": (
        _of("Salaan. Berri waan imanayaa. Mahadsanid.", "Tak, {citizen}. Vi ses i morgen.", first="citizen"),
    ),
    "ti": (_of("ሰላም። ጽባሕ ክመጽእ እየ። የቐንየለይ።", "Tak, {citizen}. Vi ses i morgen.", first="citizen"),),
    "fa": (
        _of(
            "سلام {caseworker}. ساعت قرار ما روز دوشنبه چند است؟",
            "سلام {citizen}. ساعت ۱۰ جلوی در ورودی.",
            "خیلی ممنون.",
            first="citizen",
        ),
    ),
    "ro": (
        _of(
            "Bună ziua. Pot să vin joi în loc de miercuri?",
            "Bună ziua, {citizen}. Da, joi la ora 10.",
            "Mulțumesc frumos.",
            first="citizen",
        ),
    ),
}

CLOSINGS: Mapping[str, str] = {
    "da": "Godt. Vi ses.",
    "en": "Good. See you.",
    "ar": "ممتاز. إلى اللقاء.",
    "uk": "Добре. До зустрічі.",
    "pl": "Dobrze. Do zobaczenia.",
    "tr": "Tamam. Görüşürüz.",
    "fa": "خوب است. به امید دیدار.",
    "ro": "Bine. Ne vedem.",
}
"""A caseworker's last word, for a talk that would end with the citizen's: nobody is left waiting."""

WAITING: Mapping[str, tuple[str, ...]] = {
    "da": (
        "Hej {caseworker}. Kan jeg tage min mor med til mødet?",
        "Hvilken bus kører til værkstedet?",
        "Jeg har fundet et job, jeg gerne vil søge. Vil du kigge på det sammen med mig?",
        "Kan vi tales ved i morgen?",
        "Jeg har fået nyt arbejde 10 timer om ugen! Hvad gør jeg nu?",
    ),
    "en": ("Hi {caseworker}. Can I change the time on Friday?",),
    "ar": ("مرحباً {caseworker}. هل يمكنني تغيير الموعد؟",),
    "uk": ("Добрий день! О котрій годині зустріч у п'ятницю?",),
    "pl": ("Dzień dobry. Czy mogę prosić o telefon jutro?",),
    "tr": ("Merhaba {caseworker}. Yarın konuşabilir miyiz?",),
}
"""Messages that no one has read yet."""

FIRST_TIME = "Det er noget tid siden, vi sås. Skal vi tales ved i næste uge?"
"""A caseworker's message that the citizen has not read yet."""

STRANGER = "Hej. Jeg har fundet jeres nummer på en seddel. Hvem er I?"
IN_NEED = "Jeg har det rigtig skidt i aften. Jeg har ikke lyst til at leve mere."
SHARED = "Hej. Vi kommer lidt senere i morgen, bussen er aflyst."
NOT_ME = "Hej. I har skrevet til mig, men jeg kender ikke den, I leder efter."

WRITTEN: Mapping[str, tuple[str, ...]] = {
    "talk_about": ("Om jeg kan få færre timer om mandagen.", "Det nye kursus.", "Hvad der sker efter praktikken."),
    "change": ("Jeg vil hellere mødes om formiddagen.", "", "Jeg vil gerne have den samme mentor hele vejen."),
    "on_my_mind": ("", "Om der er andre job end lager.", "Tak for hjælpen indtil nu."),
    "proud_of": ("Jeg passede min mors have i otte år.", "Jeg kan lave mad til mange.", "Mine børn."),
    "learn_what": ("At køre truck.", "Mere dansk.", "Regneark."),
    "work_trial_good": ("De andre på holdet.", "At jeg måtte lære i mit eget tempo.", ""),
    "first_wish": ("At der er ro, når vi taler sammen.", "At finde et sted med dyr.", "At komme ud blandt folk."),
    "education_idea": ("Elektriker, tror jeg.", "Noget med børn."),
    "job_tasks": ("Jeg pakker ordrer og kører ud med dem.", "Jeg står i butik og ved kassen."),
    "listened_comment": ("Hun huskede, hvad jeg havde sagt.", ""),
    "moved_on_comment": ("Nu ved jeg, hvem jeg skal ringe til.", ""),
    "clear_tasks_comment": ("Det var godt at få dem på en seddel.", ""),
}  # fmt: skip
"""Free text by the question's name; a question that is not here is left blank."""

ENCLOSED: tuple[Turn, Turn] = (
    Turn("citizen", "Er det den her dør, jeg skal ind ad på mandag?"),
    Turn("staff", "Ja, det er det. Her er også planen for ugen."),
)
"""The first comes with a picture, the second with a PDF."""

PLAN = ("Plan for ugen", "Mandag kl. 9: værkstedet, den grønne dør", "Onsdag kl. 13: vi taler sammen")
