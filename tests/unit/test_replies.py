"""Replies to a check-in as people write them: what is plainly an answer, and what is left to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.locales import LOCALES
from messaging.keywords import plain
from portal.domain.replies import MOST_WORDS, NotUnderstood, ReplyKind, Understood, understand
from portal.domain.reply_words import WORDS

YES_NO, NUMBER, FREE = ReplyKind.YES_NO, ReplyKind.NUMBER, ReplyKind.FREE

YES = {
    "da": ["ja tak", "Ja!", "jo", "JA 👍", "jaaaa", "Ja tak :)", "ja :D", "jep", "Hej Lone. Ja. Mvh Mette", "J",
           "Det gjorde det", "Ja det gik godt 😊", "jatak", "Ja, selvfølgelig", "ja desværre", "Ja<3", "yes",
           "ja det var fint", "Ja, det passer fint", "absolut", "korrekt", "ja jeg vil gerne", "ja jeg fandt det",
           "ja det gik faktisk godt", "ja og tak", "ja tak, vi ses", "jaeh", "ja mange tak for hjælpen", "ja perfekt"],
    "en": ["Yes", "yes please", "Yep!", "YES I DID", "yeah, it went well", "y", "Yes, thanks :-)",
           "yes I am", "Yes, it went very well, thank you", "that's right", "yes no problem", "ya", "i can"],
    "ar": ["نعم", "نعم شكرا", "أيوه", "ايوا 👍", "نَعَم", "\u200fنعم\u200f", "طبعاً", "na3am", "نعم الحمد لله", "ja",
           "صح", "نعم شكرا جزيلا لك", "نعم كان جيدا", "نعم، سار الأمر بشكل جيد", "na3m", "نعععم", "نعم ذهبت",
           "السلام عليكم ورحمة الله وبركاته نعم"],
    "uk": ["так", "Так, дякую", "ага", "Да", "tak", "звичайно",
           "так все ок", "Так, все нормально))", "так, була", "ну так", "підходить", "так вдалося", "точно"],
    "pl": ["tak", "TAK!", "Tak, dziękuję", "oczywiscie", "ja tak", "Ja",
           "taak", "tak, udało się", "tak było ok", "oczywiście że tak", "potwierdzam", "tak byłam", "tak, pasuje"],
    "tr": ["evet", "EVET", "Evet, teşekkürler", "tabii ki", "elbette",
           "tabiki", "evet gittim", "evet güzeldi", "eved", "evet doğru", "aynen öyle", "evet efendim"],
    "so": ["haa", "Haa mahadsanid", "haaaa", "HA",
           "Haa walaal", "haa waa fiican", "haa waan tagay", "haa alxamdulillah", "hubaal", "haa aad bay u fiicnayd"],
    "ti": ["እወ", "እወ የቐንየለይ", "አዎ", "እወ።",
           "እወ ብጽቡቕ", "እወ ሓቂ እዩ", "ብርግጽ", "እወ ከይደ ነይረ", "ሕራይ እወ", "እወ ጽቡቕ ኣሎ"],
    "fa": ["بله", "بلی", "آره", "بله، ممنون", "bale",
           "بله درسته", "درست است", "بله خدا رو شکر", "بلی جان", "بله خوب پیش رفت", "بله رفتم", "بلی تشکر زیاد"],
    "ro": ["da", "Da, mulțumesc", "DA!", "desigur", "Da multumesc",
           "daa", "sigur că da", "da, totul e ok", "Da, vă mulțumesc", "da am fost", "corect", "da e bine"],
}  # fmt: skip
NO = {
    "da": ["nej", "nej desværre", "NEJ!!", "Desværre ikke", "ikke endnu", "Nej tak", "neeeej", "nope", "n",
           "det gjorde det ikke", "nææ", "aldrig", "nej, jeg kunne ikke", "nej ellers tak", "nej det gik dårligt",
           "nej, jeg nåede det ikke", "det passer ikke", "Nejj", "nej det tror jeg ikke", "naj", "nej ikke rigtig"],
    "en": ["no", "No, sorry", "not yet", "nope", "I didn’t", "unfortunately not",
           "noo", "no not really", "never", "no, it was bad", "no i can't", "no way", "no I don’t think so"],
    "ar": ["لا", "لا شكرا", "للأسف لا", "لا، ليس بعد", "لأ", "la",
           "لسه", "لا أبدا", "لا ما رحت", "لا شكرا لك", "لاا", "غير صحيح", "لا مش كويس"],
    "uk": ["ні", "Ні, дякую", "нет", "на жаль ні", "ще ні",
           "ще не", "ні поки", "ні, не дуже", "ні не вдалося", "ні((", "ніколи", "ні, не була"],
    "pl": ["nie", "Nie, dziękuję", "niestety nie", "jeszcze nie", "nej tak",
           "niee", "nigdy", "nie, nie udało się", "nie, źle", "absolutnie nie", "nie pasuje"],
    "tr": ["hayır", "HAYIR", "Hayir", "maalesef hayır", "yok", "Hayır, henüz değil",
           "yoo", "hayırr", "hayır gitmedim", "hayır iyi değil", "asla", "hayır pek değil", "uymaz"],
    "so": ["maya", "Maya mahadsanid", "may",
           "maaya", "maya walaal", "maya ma tagin", "marnaba", "maya, hadda maya", "nasiib daro maya"],
    "ti": ["ኣይፋል", "አይፋልን", "ኣይኮነን", "አይ",
           "ኖ", "ብፍጹም", "ኣይፋል ኣይከድኩን", "ኣይፋል ጽቡቕ ኣይነበረን", "ሕራይ ኣይፋል"],
    "fa": ["نه", "نه ممنون", "خیر", "متأسفانه نه", "نخير",
           "نه متاسفانه", "نع", "هرگز", "نه نرفتم", "نه اصلا", "فعلا نه", "نه خوب نبود", "نه بابا"],
    "ro": ["nu", "Nu, mulțumesc", "din pacate nu", "încă nu",
           "nuu", "niciodată", "nu, nu am reușit", "nu deloc", "absolut nu", "nu, nu a mers bine"],
}  # fmt: skip
FOUR = {
    "da": ["4", "4 :)", "4!", "fire", "4 tror jeg", "4’er", "en 4'er", "Jeg vil sige 4", "4 ud af 5", "4 😀",
           "4️⃣", "④", "4. tak", "ca. 4", "omkring 4", "måske 4", "4 i dag", "lige nu 4", "4, det går godt", "en firer",
           "jeg vil give den 4", "4 ud af fem", "4 synes jeg", "på en skala fra 1 til 5: 4"],
    "en": ["four", "4, I think", "4 out of 5", "It's a 4", "4 thanks",
           "maybe 4", "about 4", "4 today", "I'd give it a 4", "four out of five", "4 stars"],
    "ar": ["٤", "أربعة", "الجواب 4", "\u200fالجواب 4\u200f", "الجواب ٤", "٤ من ٥", "4 شكرا",
           "تقريبا ٤", "٤ اليوم", "٤ والحمد لله", "أربعة من خمسة", "أعطي ٤", "arba3a"],
    "uk": ["чотири", "4 думаю", "4 з 5", "4 бали",
           "мабуть 4", "десь 4", "4 сьогодні", "ставлю 4", "на четвірку", "чотири з п'яти"],
    "pl": ["cztery", "4 punkty", "myślę że 4",
           "chyba 4", "około 4", "to 4", "4 dzisiaj", "cztery na pięć", "moja ocena to 4"],
    "tr": ["dört", "DÖRT", "4 puan", "bence 4", "5 üzerinden 4",
           "galiba 4", "bugün 4", "4 veriyorum", "beş üzerinden dört", "5'te 4"],
    "so": ["afar", "waa 4", "4 mahadsanid",
           "qiyaastii 4", "maanta 4", "waxaan siinayaa 4", "4 ka mid ah 5"],
    "ti": ["፬", "ኣርባዕተ", "አርባዕተ", "4 ይመስለኒ",
           "ሎሚ 4", "ኣስታት 4", "ምናልባት 4", "ኣርባዕተ ካብ ሓሙሽተ"],
    "fa": ["۴", "چهار", "چار", "فکر می‌کنم ۴", "۴ از ۵",
           "فکر کنم ۴", "حدود ۴", "۴ میدم", "امروز ۴", "چهار از پنج", "به نظر من ۴"],
    "ro": ["patru", "cred că 4", "nota 4", "4 din 5",
           "cam 4", "azi 4", "dau nota 4", "un 4", "patru din cinci", "este 4", "poate 4"],
}  # fmt: skip


def cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in table.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), cases(YES))
def test_a_yes_is_understood_as_people_write_it(language: str, text: str) -> None:
    assert understand(text, YES_NO, language, ["Mette Holm", "Lone Kjær"]) == Understood("yes")


@pytest.mark.parametrize(("language", "text"), cases(NO))
def test_a_no_is_understood_as_people_write_it(language: str, text: str) -> None:
    assert understand(text, YES_NO, language) == Understood("no")


@pytest.mark.parametrize(("language", "text"), cases(FOUR))
def test_a_number_is_understood_in_words_and_in_any_digits(language: str, text: str) -> None:
    assert understand(text, NUMBER, language) == Understood("4")


def test_every_launch_language_has_its_words_and_its_vectors() -> None:
    assert set(LOCALES) == set(WORDS) == set(YES) == set(NO) == set(FOUR)


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(
    ("theirs", "text"), [("da", "ja tak"), ("en", "yes"), ("ar", "نعم"), ("fa", "بله"), ("ti", "እወ")]
)
def test_the_language_of_the_answer_need_not_be_that_of_the_question(
    language: str, theirs: str, text: str
) -> None:
    assert understand(text, YES_NO, language) == Understood("yes"), theirs


@pytest.mark.parametrize(
    ("text", "language", "meaning"),
    [
        ("tak", "pl", Understood("yes")),
        ("tak", "uk", Understood("yes")),
        ("tak", "da", NotUnderstood()),
        ("tak", "ar", NotUnderstood()),
        ("da", "ro", Understood("yes")),
        ("da", "da", NotUnderstood()),
        ("nu", "ro", Understood("no")),
        ("nu", "da", NotUnderstood()),
        ("no", "en", Understood("no")),
        ("no", "da", Understood("no")),
        ("no", "pl", NotUnderstood()),
        ("خير", "fa", Understood("no")),
        ("خير", "ar", NotUnderstood()),
        ("خير", "da", NotUnderstood()),
        ("la", "ar", Understood("no")),
        ("la", "ro", NotUnderstood()),
        ("nå", "da", NotUnderstood()),
        ("nåh", "da", NotUnderstood()),
        ("yo", "tr", Understood("no")),
        ("yo", "da", NotUnderstood()),
        ("na", "fa", Understood("no")),
    ],
)
def test_the_questions_language_decides_what_a_word_of_several_languages_means(
    text: str, language: str, meaning: object
) -> None:
    assert understand(text, YES_NO, language) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "ja, men jeg kunne ikke komme ind", "ja og nej", "både ja og nej", "måske", "ved ikke", "det ved jeg ikke",
        "ikke helt", "ja hvorfor?", "Nej, jeg blev syg", "Hvem er du?", "tak", "ok", "👍", "🎉🎉🎉", "", "  ", "?", "4",
        "nej det gik godt", "jeg skrev ja", "Jan", "nejlik", "ja til mandag", "det gik godt", "så la", "نعم ولكن",
        "не знаю", "1", "ja lidt", "ja, nogenlunde", "ja det gik dårligt", "det gik fint", "det gik ikke",
        "jeg kan ikke", "jeg kommer", "ikke nej", "ja til mandag", "nej hvorfor spørger du", "ja jeg har det dårligt",
        "ring til mig", "helt sikkert ikke", "ja aldrig", "tja", "normal", "nu am putut", "nie byłem", "نرفتم",
    ],
)  # fmt: skip
def test_what_is_not_plainly_yes_or_no_is_left_to_a_person(text: str) -> None:
    assert understand(text, YES_NO, "da") == NotUnderstood()


@pytest.mark.parametrize(
    "text",
    [
        "3-4", "12", "4/5", "4 eller 5", "4,5", "4½", "0", "6", "-4", "−2", "> 3", "04", "kl 4", "4 dage", "4 4",
        "<3", ":3", "ja", "nej", "mellem 3 og 4", "፲", "٤٥", "4 men det var svært", "fem seks", "+4512345678", "",
        "👍👍👍👍", "4 kr", "1 ud af 10", "1 2 3",
        "too", "total", "en god dag", "4 ikke", "4 i morgen", "4 ja", "to og tre", "den 4", "fire alarm", "1-5",
        "på en skala fra 1 til 5", "4 men jeg har ondt", "5 minutter",
    ],
)  # fmt: skip
def test_what_is_not_plainly_one_number_of_the_scale_is_left_to_a_person(text: str) -> None:
    assert understand(text, NUMBER, "da") == NotUnderstood()


@pytest.mark.parametrize("code", WORDS)
def test_no_words_have_two_senses_in_one_language(code: str) -> None:
    senses: dict[str, set[str]] = {}
    for sense, entries in WORDS[code].items():
        for entry in entries.split(","):
            senses.setdefault(plain(entry), set()).add(sense)
    assert {words: both for words, both in senses.items() if len(both) > 1} == {}


def test_a_letter_struck_twice_is_a_slip_in_a_yes_or_no_and_not_in_a_number() -> None:
    assert understand("niee", YES_NO, "pl") == Understood("no")
    assert understand("fiire", NUMBER, "da") == NotUnderstood()


def test_a_heart_beside_the_number_is_no_second_number() -> None:
    assert understand("4 <3", NUMBER, "da") == Understood("4")


def test_a_danish_number_word_is_no_number_to_who_was_asked_in_english() -> None:
    assert understand("to", NUMBER, "da") == Understood("2")
    assert understand("to", NUMBER, "en") == NotUnderstood()
    assert understand("fire", NUMBER, "en") == NotUnderstood()


def test_names_say_nothing_and_are_known_only_when_given() -> None:
    assert understand("Ja hilsen Åse", YES_NO, "da", ["Åse Søby"]) == Understood("yes")
    assert understand("Ja hilsen Åse", YES_NO, "da") == NotUnderstood()


def test_somebody_called_no_can_still_say_no() -> None:
    assert understand("No", YES_NO, "en", ["No Dal"]) == Understood("no")


def test_any_words_answer_a_question_without_a_form() -> None:
    assert understand("  Det gik fint, men bussen var sen.\n", FREE, "da") == Understood(
        "Det gik fint, men bussen var sen."
    )
    assert understand("👍", FREE, "da") == Understood("👍")
    assert understand(" \u2009\n", FREE, "da") == NotUnderstood()


def test_a_language_without_words_of_its_own_is_read_as_danish() -> None:
    assert understand("ja tak", YES_NO, "de") == Understood("yes")


@pytest.mark.parametrize("text", ["ja " * 600, "x" * 1_600, "٤" * 1_600, "👍" * 1_600, "nej, " * 320])
def test_a_reply_of_1600_characters_is_a_message(text: str) -> None:
    assert understand(text, YES_NO, "da") == understand(text, NUMBER, "da") == NotUnderstood()


@given(st.text(), st.sampled_from(ReplyKind), st.sampled_from([*LOCALES, "xx", ""]))
def test_any_text_can_be_looked_at_and_an_answer_is_one_of_the_scale(
    text: str, kind: ReplyKind, language: str
) -> None:
    meaning = understand(text, kind, language)
    if isinstance(meaning, Understood) and kind is not FREE:
        assert meaning.value in ({"yes", "no"} if kind is YES_NO else {"1", "2", "3", "4", "5"})


DIGITS = "٠۰०๐၀០᠐０߀૦"


@given(st.sampled_from(DIGITS), st.integers(0, 9))
def test_digits_of_any_script_are_read_alike(zero: str, value: int) -> None:
    assert understand(chr(ord(zero) + value), NUMBER, "so") == understand(str(value), NUMBER, "so")


MARKS = st.text(
    " \u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c\ufeff\u200b\u00a0.!", max_size=6
)


@given(MARKS, st.sampled_from([(text, kind, language) for table, kind in ((YES, YES_NO), (NO, YES_NO), (FOUR, NUMBER))
                               for language, text in cases(table)]), MARKS)  # fmt: skip
def test_direction_marks_and_spaces_about_an_answer_change_nothing(
    before: str, said: tuple[str, ReplyKind, str], after: str
) -> None:
    text, kind, language = said
    names = ["Mette Holm", "Lone Kjær"]
    assert understand(f"{before} {text} {after}", kind, language, names) == understand(
        text, kind, language, names
    )


@given(st.sampled_from(cases(YES) + cases(NO)), st.text("bcdfghkmpqvwz", min_size=7, max_size=12))
def test_an_answer_with_an_unknown_word_beside_it_is_a_message(said: tuple[str, str], more: str) -> None:
    language, text = said
    assert understand(f"{text} {more}", YES_NO, language) == NotUnderstood()


@given(st.lists(st.sampled_from(["ja", "nej", "tak", "hej"]), min_size=1, max_size=MOST_WORDS))
def test_an_answer_that_says_both_is_none(words: list[str]) -> None:
    said = {"ja", "nej"} & set(words)
    meaning = understand(". ".join(words), YES_NO, "da")
    assert isinstance(meaning, Understood) == (len(said) == 1)
