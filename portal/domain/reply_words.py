"""The words with which people answer a check-in, in each launch language, as they are typed on a phone.

``yes``, ``no`` and the numbers are answers. ``polite`` may stand beside any answer and says nothing itself;
``with_yes`` and ``with_number`` may stand beside that answer alone. ``other`` are words that mean
something else in this language, though they are an answer in another ("nu" is no in Romanian, now in Danish).

A comma parts the entries. Case, accents, punctuation and emoji do not count (``messaging.keywords.plain``).
Ukrainians write Russian too, Tigrinya speakers Amharic; Latin letters stand in for Arabic and Persian ones.
"""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "yes": "ja, j, jo, jep, jeps, jup, jaa, jada, ja da, jo da, jatak, ja tak, jo tak, jaja, jamen ja, bestemt, "
        "helt sikkert, helt bestemt, selvfølgelig, naturligvis, det gjorde det, det gjorde den, det gjorde jeg, "
        "det er jeg, det er det, det har jeg, det kan jeg, det gør jeg, det vil jeg, det vil jeg gerne",
        "no": "nej, n, næ, næh, nix, niks, nejtak, nej tak, nej da, nej desværre, desværre nej, desværre ikke, "
        "ikke endnu, endnu ikke, ikke i dag, slet ikke, overhovedet ikke, det gjorde det ikke, det gjorde den ikke, "
        "det gjorde jeg ikke, det er jeg ikke, det er det ikke, det har jeg ikke, det kan jeg ikke, "
        "det gør jeg ikke, det vil jeg ikke",
        "1": "en, et, ener, en 1, et 1tal", "2": "to, toer, en 2, et 2tal", "3": "tre, treer, en 3, et 3tal",
        "4": "fire, firer, en 4, et 4tal", "5": "fem, femmer, en 5, et 5tal",
        "polite": "tak, mange tak, tusind tak, tak skal du have, tak skal I have, tak for hjælpen, selv tak, hej, "
        "hej hej, hejsa, hej igen, kære, hilsen, hilsner, mange hilsner, kærlig hilsen, venlig hilsen, "
        "med venlig hilsen, mvh, vh, kh, desværre, heldigvis, sgu, da, ok, okay, undskyld, "
        "undskyld det sene svar, beklager, goddag, god dag, godmorgen, god weekend, god aften, fortsat god dag, "
        "ha en god dag, hav en god dag, svar, svaret er, mit svar, mit svar er, ha, haha, hehe, hihi, lol, xd",
        "with_yes": "gerne, meget gerne, meget, super, fint, helt fint, godt, rigtig godt, det gik godt, "
        "det gik fint, det gik super, det gik rigtig godt, det går godt, det går fint, alt gik godt, alt er godt, "
        "det er fint",
        "with_number": "tror jeg, jeg tror, vil jeg sige, jeg vil sige, jeg siger, siger jeg, nok, vel, er, det er, "
        "tal, tallet, tallet er, nr, nummer, point, stjerner, karakter, karakteren, af 5, ud af 5",
        "other": "nu, nå, ni, jaså",
    },
    "en": {
        "yes": "yes, y, yes please, yep, yeah, yea, yup, yess, yes i did, i did, i do, i am, i have, it did, it was, "
        "of course, sure, absolutely, definitely, certainly, indeed",
        "no": "no, n, no thanks, no thank you, nope, nah, not yet, not today, not at all, unfortunately not, "
        "sadly not, "
        "no sorry, i did not, i didn't, i didnt, it did not, it didn't, it didnt, no i did not, i have not, "
        "i haven't",
        "1": "one", "2": "two", "3": "three", "4": "four", "5": "five",
        "polite": "thanks, thank you, thank you very much, thank you so much, many thanks, thx, hi, hello, "
        "dear, regards, "
        "kind regards, best regards, best, please, sorry, unfortunately, luckily, ok, okay, bye, have a nice day, "
        "good morning, good afternoon, good evening, answer, my answer is",
        "with_yes": "great, fine, good, very, very much, very well, all good, it went well, it went fine, went well",
        "with_number": "i think, i guess, i would say, i'd say, i say, out of 5, of 5, a, it's, its, it is, "
        "number, points",
        "other": "to, fire, may, on",
    },
    "ar": {
        "yes": "نعم, ايوه, أيوه, ايوا, أيوا, ايوة, اي, إي, إيه, أجل, بلى, طبعا, أكيد, بالتأكيد, آه, اها, "
        "na3am, naam, aywa, aiwa, ayoa",
        "no": "لا, لأ, لاء, كلا, لا شكرا, للأسف لا, لا للأسف, ليس بعد, مو بعد, مش بعد, la, la2, laa, la shukran",
        "1": "واحد, واحدة", "2": "اثنان, اثنين, إثنين, اتنين, اثنتان", "3": "ثلاثة, تلاتة, ثلاث",
        "4": "أربعة, اربعه, أربع", "5": "خمسة, خمس",
        "polite": "شكرا, شكراً, شكرا جزيلا, شكرا لك, شكرا لكم, مشكور, مرحبا, أهلا, السلام عليكم, وعليكم السلام, "
        "سلام, "
        "تحياتي, مع تحياتي, مع السلامة, للأسف, الحمد لله, الحمدلله, والله, لو سمحت, من فضلك, عفوا, آسف, آسفة, عذرا, "
        "إن شاء الله, انشالله, الجواب, جوابي, الإجابة, إجابتي, هو, هي, shukran",
        "with_yes": "تمام, جيد, جيدا, ممتاز, بخير, كل شيء تمام, كل شي تمام, كل شيء بخير, الأمور بخير, كانت جيدة",
        "with_number": "الرقم, رقم, أعتقد, أظن, برأيي, من 5, درجة, درجات, نقاط",
        "other": "خير",
    },
    "uk": {
        "yes": "так, таа, ага, угу, авжеж, звичайно, звісно, безумовно, еге, да, конечно, так звичайно, tak, da",
        "no": "ні, нi, нє, не, неа, нет, ні дякую, на жаль ні, нажаль ні, ще ні, поки ні, поки що ні, ещё нет, "
        "пока нет, нет спасибо, к сожалению нет, ni, nie, niet",
        "1": "один, одна, одиниця", "2": "два, дві, двійка", "3": "три, трійка", "4": "чотири, четвірка, четыре",
        "5": "п'ять, пять, п'ятірка",
        "polite": "дякую, дуже дякую, щиро дякую, спасибі, спасибо, большое спасибо, привіт, добрий день, "
        "доброго дня, "
        "добрий вечір, доброго ранку, вітаю, здравствуйте, на жаль, нажаль, к сожалению, на щастя, будь ласка, "
        "пожалуйста, вибачте, перепрошую, извините, з повагою, ок, окей, слава богу, гарного дня, відповідь, "
        "моя відповідь, ответ, dyakuyu, diakuiu",
        "with_yes": "добре, все добре, все гаразд, чудово, дуже, дуже добре, все було добре, все пройшло добре, "
        "хорошо, "
        "все хорошо",
        "with_number": "думаю, я думаю, гадаю, я гадаю, з 5, із 5, из 5, бал, бали, балів, цифра, число, оцінка, "
        "моя оцінка",
        "other": "no",
    },
    "pl": {
        "yes": "tak, no tak, ja tak, oczywiście, pewnie, jasne, owszem, zgadza się, jak najbardziej",
        "no": "nie, nie dziękuję, nie dzięki, niestety nie, nie niestety, jeszcze nie, nie jeszcze, "
        "jeszcze nie dziś, "
        "wcale nie",
        "1": "jeden, jedna, jedynka", "2": "dwa, dwie, dwójka", "3": "trzy, trójka", "4": "cztery, czwórka",
        "5": "pięć, piątka",
        "polite": "dziękuję, bardzo dziękuję, dzięki, dzień dobry, dobry wieczór, cześć, hej, witam, pozdrawiam, "
        "z poważaniem, proszę, niestety, na szczęście, przepraszam, ok, okej, miłego dnia, odpowiedź, "
        "moja odpowiedź, "
        "moja odpowiedź to",
        "with_yes": "dobrze, bardzo dobrze, wszystko dobrze, wszystko ok, świetnie, super, bardzo, było dobrze, "
        "poszło dobrze, chętnie, bardzo chętnie",
        "with_number": "myślę, myślę że, z 5, na 5, punkt, punkty, punktów, ocena, moja ocena, numer, liczba, "
        "daję, to",
        "other": "no, to, na, on",
    },
    "tr": {
        "yes": "evet, evt, eveet, tabii, tabi, tabii ki, tabi ki, elbette, olur, aynen, kesinlikle",
        "no": "hayır, hayir, hyr, yok, yo, hayır teşekkürler, hayır teşekkür ederim, maalesef hayır, malesef hayır, "
        "hayır maalesef, henüz değil, daha değil, hayır henüz değil, olmaz",
        "1": "bir", "2": "iki", "3": "üç", "4": "dört", "5": "beş",
        "polite": "teşekkürler, teşekkür ederim, çok teşekkürler, çok teşekkür ederim, tşk, sağol, sağ ol, sağolun, "
        "sağ olun, merhaba, selam, maalesef, malesef, neyse ki, lütfen, iyi günler, iyi akşamlar, günaydın, tamam, "
        "ok, saygılar, saygılarımla, selamlar, cevap, cevabım, eyvallah, kolay gelsin, özür dilerim, çok şükür, "
        "şükür",
        "with_yes": "iyi, çok iyi, güzel, çok güzel, iyi geçti, güzel geçti, iyiydi, çok, her şey yolunda",
        "with_number": "bence, sanırım, puan, numara, sayı, veririm, diyorum, derim, 5 üzerinden",
        "other": "on, ne, var",
    },
    "so": {
        "yes": "haa, ha, haah, haaa, hee, haa mahadsanid, sax, waa sax, dabcan",
        "no": "maya, may, mayo, mayya, maya mahadsanid, nasiib darro maya, weli maya, wali maya, maya weli, "
        "maya wali",
        "1": "kow, mid, hal", "2": "laba, labo", "3": "saddex, sadex, sedex", "4": "afar", "5": "shan",
        "polite": "mahadsanid, mahadsanidiin, waad mahadsantahay, waad ku mahadsantahay, asc, wcs, salaan, nabad, "
        "is ka warran, fadlan, nasiib darro, waan ka xumahay, raali ahow, subax wanaagsan, galab wanaagsan, "
        "maalin wanaagsan, haye, waayahay, alxamdulillaah, alhamdulillah, insha allah, inshallah, insha'allah, "
        "asalaamu calaykum, jawaabta, jawaabtu waa, jawaabtaydu waa",
        "with_yes": "fiican, si fiican, aad, waa fiicnayd, way fiicnayd, si fiican ayay u dhacday",
        "with_number": "waa, lambar, lambarka, ayaan u malaynayaa, dhibic, dhibcood",
        "other": "ma, no",
    },
    "ti": {
        "yes": "እወ, እዉ, እው, ኣወ, አዎ, አዎን, ewe, ewa, awo",
        "no": "ኣይ, ኣይኮነን, ኣይፋል, ኣይፋሉን, ኣይፋልን, ኣይኮንኩን, ኣይነበረን, ገና ኣይኮነን, ኣይ ገና, አይደለም, አይ አመሰግናለሁ, "
        "aykonen, ayfal, ayfalun",
        "1": "ሓደ, ሓንቲ, ሀደ, አንድ", "2": "ክልተ, ሁለት", "3": "ሰለስተ, ሶስት", "4": "ኣርባዕተ, ኣርባዕቲ, አራት",
        "5": "ሓሙሽተ, ሓሙሽቲ, ሃሙሽተ, አምስት",
        "polite": "የቐንየለይ, የቀንየለይ, የቐንየልና, ብጣዕሚ የቐንየለይ, ሰላም, ከመይ, ይቕሬታ, ይቅሬታ, በጃኹም, በጃኻ, በጃኺ, ብኽብረትኩም, "
        "አመሰግናለሁ, እናመሰግናለን, ኣምላኽ ይመስገን, ተመስገን, መልሲ, መልሰይ, መልስይ, ገና, yekenyeley",
        "with_yes": "ጽቡቕ, ጽቡቅ, ጽቡቕ ነይሩ, ኩሉ ጽቡቕ, ደሓን, ብጣዕሚ ጽቡቕ, ጥሩ",
        "with_number": "ቁጽሪ, እየ, እዩ, ይመስለኒ, ካብ 5, ነጥቢ",
    },
    "fa": {
        "yes": "بله, بلی, آره, اره, آری, حتما, البته, bale, baleh, bali, areh",
        "no": "نه, خیر, نخیر, نه خیر, نی, نه ممنون, نه مرسی, نه تشکر, متاسفامتأسفانه متاسفانه, هنوز نه, "
        "نه هنوز, na, nakheir, kheyr",
        "1": "یک", "2": "دو", "3": "سه", "4": "چهار, چار", "5": "پنج",
        "polite": "ممنون, ممنونم, خیلی ممنون, مرسی, تشکر, سپاس, سپاسگزارم, متشکرم, سلام, سلام علیکم, متاسفانه, "
        "متأسفانه, "
        "خوشبختانه, لطفا, ببخشید, معذرت میخوام, با احترام, خدا را شکر, شکر, انشاالله, ان شاء الله, روز خوش, خداحافظ, "
        "جواب, جواب من, پاسخ, پاسخ من, merci, mamnoon",
        "with_yes": "خوب, خوب بود, عالی, عالی بود, خیلی, خیلی خوب, خیلی خوب بود, همه چیز خوب بود",
        "with_number": "فکر می‌کنم, فکر میکنم, به نظرم, نمره, عدد, شماره, از 5, است, هست",
    },
    "ro": {
        "yes": "da, ba da, sigur, desigur, bineînțeles, exact, evident, da sigur, normal ca da",
        "no": "nu, nu mulțumesc, nu mersi, din păcate nu, nu din păcate, încă nu, nu încă, nu azi",
        "1": "unu, una", "2": "doi, două", "3": "trei", "4": "patru", "5": "cinci",
        "polite": "mulțumesc, mulțumesc frumos, mulțumesc mult, mersi, bună, bună ziua, bună seara, bună dimineața, "
        "salut, vă rog, te rog, din păcate, din fericire, scuze, îmi pare rău, cu respect, cu stimă, o zi bună, ok, "
        "slavă domnului, doamne ajută, răspuns, răspunsul, răspunsul este, răspunsul meu, răspunsul meu este",
        "with_yes": "bine, foarte bine, foarte, totul bine, totul e bine, a fost bine, a mers bine, super, "
        "cu plăcere",
        "with_number": "cred, cred că, zic, aș zice, eu zic, din 5, nota, numărul, puncte",
        "other": "la, no, un",
    },
}  # fmt: skip
