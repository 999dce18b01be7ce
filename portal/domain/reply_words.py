"""The words with which people answer a check-in, in each launch language, as they are typed on a phone.

``yes``, ``no`` and the numbers are answers. ``polite`` may stand beside any answer and says nothing itself;
``with_yes`` (beside a number too), ``with_no`` and ``with_number`` may stand beside that answer alone: "nej, jeg
kunne ikke" is a no, "jeg kunne ikke" could be anything. What qualifies an answer ("ja, lidt") is in no list: a person
reads it.
``other`` are words that mean something else in this language, though they are an answer in another ("nu" is no in
Romanian, now in Danish).

A comma parts the entries. Case, accents, punctuation and emoji do not count (``messaging.keywords.plain``).
Ukrainians write Russian too, Tigrinya speakers Amharic; Latin letters stand in for Arabic and Persian ones.
"""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "yes": "ja, j, jo, jep, jeps, jup, jaa, jada, ja da, jo da, jatak, ja tak, jo tak, jaja, jamen ja, "
        "bestemt, helt sikkert, helt bestemt, selvfølgelig, naturligvis, det gjorde det, det gjorde den, "
        "det gjorde jeg, det er jeg, det er det, det har jeg, det kan jeg, det gør jeg, det vil jeg, "
        "det vil jeg gerne, jae, jaeh, jah, japs, absolut, klart, helt klart, det passer, det passer fint, "
        "det passer mig fint, det er rigtigt, det er korrekt, korrekt, nemlig, jeg vil gerne, "
        "det vil jeg meget gerne, det kan jeg godt, det gjorde vi",
        "no": "nej, n, næ, næh, nix, niks, nejtak, nej tak, nej da, nej desværre, desværre nej, "
        "desværre ikke, ikke endnu, endnu ikke, ikke i dag, slet ikke, overhovedet ikke, "
        "det gjorde det ikke, det gjorde den ikke, det gjorde jeg ikke, det er jeg ikke, det er det ikke, "
        "det har jeg ikke, det kan jeg ikke, det gør jeg ikke, det vil jeg ikke, nejda, nejs, naj, aldrig, "
        "ellers tak, nej ellers tak, det passer ikke, det passer desværre ikke, det passer mig ikke",
        "1": "en, et, ener, en 1, et 1tal, en ener, ettal, et ettal",
        "2": "to, toer, en 2, et 2tal, en toer, et total",
        "3": "tre, treer, en 3, et 3tal, en treer, tretal, et tretal",
        "4": "fire, firer, en 4, et 4tal, en firer, firtal, et firtal",
        "5": "fem, femmer, en 5, et 5tal, en femmer, femtal, et femtal",
        "polite": "tak, mange tak, tusind tak, tak skal du have, tak skal I have, tak for hjælpen, "
        "selv tak, hej, hej hej, hejsa, hej igen, kære, hilsen, hilsner, mange hilsner, kærlig hilsen, "
        "venlig hilsen, med venlig hilsen, mvh, vh, kh, desværre, heldigvis, sgu, da, ok, okay, undskyld, "
        "undskyld det sene svar, beklager, goddag, god dag, godmorgen, god weekend, god aften, "
        "fortsat god dag, en god dag, ha en god dag, hav en god dag, svar, svaret er, mit svar, mit svar er, ha, haha, "
        "hehe, hihi, lol, xd, og, vi ses, ses, vi tales ved, mange tak for hjælpen, tak for det, "
        "tak for sidst, tak for beskeden, tak fordi du spørger, tak fordi I spørger, på forhånd tak, "
        "god morgen, god eftermiddag, godaften, bedste hilsner, de bedste hilsner, bh",
        "with_yes": "gerne, meget gerne, meget, super, fint, helt fint, godt, rigtig godt, det gik godt, "
        "det gik fint, det gik super, det gik rigtig godt, det går godt, det går fint, alt gik godt, "
        "alt er godt, det er fint, det var fint, det var godt, det var rart, det var dejligt, det gik ok, "
        "det gik okay, det gik faktisk godt, det gik rigtig fint, det gik udmærket, det gik som det skulle, "
        "alt er fint, alt fint, det er ok, det er okay, det er fint med mig, fint med mig, det går ok, "
        "det går okay, fin, dejligt, perfekt, helt perfekt, rigtig fint, udmærket, med glæde, "
        "uden problemer, ingen problemer, faktisk, det tror jeg, tror jeg, jeg gjorde, det gjorde, "
        "vi gjorde, jeg har, jeg er, jeg kan, jeg kommer, jeg fandt det, jeg fandt derhen, jeg fandt vej, "
        "jeg nåede det, jeg var der, jeg er startet, jeg er i gang, jeg er kommet i gang",
        "with_no": "ikke rigtig, ikke rigtigt, ikke helt, endnu, ikke godt, ikke så godt, "
        "ikke særlig godt, det var ikke godt, det var ikke så godt, det gik ikke, det gik ikke godt, "
        "det gik ikke så godt, dårligt, det gik dårligt, skidt, det gik skidt, det var svært, det går ikke, "
        "det duer ikke, det tror jeg ikke, det har jeg ikke endnu, jeg gjorde ikke, jeg har ikke, har ikke, "
        "jeg kan ikke, jeg kunne ikke, jeg kommer ikke, jeg nåede det ikke, det nåede jeg ikke, "
        "jeg fandt det ikke, jeg var der ikke, jeg er ikke startet, jeg er ikke kommet i gang",
        "with_number": "jeg tror, vil jeg sige, jeg vil sige, jeg siger, siger jeg, nok, vel, er, "
        "det er, tal, tallet, tallet er, nr, nummer, point, stjerner, karakter, karakteren, af 5, ud af 5, "
        "ca, cirka, omkring, sådan, måske, vist, det må være, må være, vil sige, jeg giver, giver, "
        "jeg vil give, jeg vil give det, jeg vil give den, i dag, idag, lige nu, for tiden, af fem, "
        "ud af fem, på, på skalaen, på en skala fra 1 til 5, synes jeg, jeg synes, føler jeg, jeg føler",
        "other": "nu, nå, nåh, ni, jaså, yo, eh",
    },
    "en": {
        "yes": "yes, y, yes please, yep, yeah, yea, yup, yess, yes i did, i did, i do, i am, i have, "
        "it did, it was, of course, sure, absolutely, definitely, certainly, indeed, ye, yeh, ya, correct, "
        "that's right, thats right, that is right, exactly, true, totally, i can, i will, it does, it fits, "
        "that works",
        "no": "no, n, no thanks, no thank you, nope, nah, not yet, not today, not at all, "
        "unfortunately not, sadly not, no sorry, i did not, i didn't, i didnt, it did not, it didn't, "
        "it didnt, no i did not, i have not, i haven't, never, no way, negative, it does not, it doesn't, "
        "it doesnt",
        "1": "one", "2": "two", "3": "three", "4": "four", "5": "five",
        "polite": "thanks, thank you, thank you very much, thank you so much, many thanks, thx, hi, hello, "
        "dear, regards, kind regards, best regards, best, please, sorry, unfortunately, luckily, ok, okay, "
        "bye, have a nice day, good morning, good afternoon, good evening, answer, my answer is, and, "
        "good day, see you, see you soon, cheers, thanks a lot, warm regards",
        "with_yes": "great, fine, good, very, very much, very well, all good, it went well, it went fine, "
        "went well, right, it was good, it was fine, was good, it went good, it went ok, it went very well, "
        "everything went well, everything is fine, everything is ok, no problem, no problems, i think so, "
        "we did, i found it, i was there, perfect",
        "with_no": "not really, really, bad, not good, it was bad, it was not good, it wasn't good, "
        "not so good, i don't think so, i dont think so, i didn't go, i did not go, haven't, i can't, "
        "i cant, i cannot, i couldn't, i could not, i am not, i'm not, i don't, i do not, it wasn't, "
        "it was not",
        "with_number": "i think, i guess, i would say, i'd say, i say, out of 5, of 5, a, it's, its, it is, "
        "number, points, about, around, roughly, approximately, maybe, perhaps, probably, today, now, "
        "right now, at the moment, or so, i feel, i'm, i'm at, i give, i give it, i'd give it, stars, "
        "out of five, of five",
        "other": "to, fire, may, on, yo, eh, he",
    },
    "ar": {
        "yes": "نعم, ايوه, أيوه, ايوا, أيوا, ايوة, اي, إي, إيه, أجل, بلى, طبعا, أكيد, بالتأكيد, آه, اها, "
        "na3am, naam, aywa, aiwa, ayoa, صح, صحيح, موافق, na3m",
        "no": "لا, لأ, لاء, كلا, لا شكرا, للأسف لا, لا للأسف, ليس بعد, مو بعد, مش بعد, la, la2, laa, "
        "la shukran, أبدا, لسا, لسه, لسا لا, لسه لا, لا لسه, لا لسا, غير صحيح",
        "1": "واحد, واحدة, wahed, wahad", "2": "اثنان, اثنين, إثنين, اتنين, اثنتان, tnen, itnen",
        "3": "ثلاثة, تلاتة, ثلاث, tlata, talata, thalatha", "4": "أربعة, اربعه, أربع, arba3a, arbaa",
        "5": "خمسة, خمس, khamsa",
        "polite": "شكرا, شكراً, شكرا جزيلا, شكرا لك, شكرا لكم, مشكور, مرحبا, أهلا, السلام عليكم, "
        "وعليكم السلام, سلام, تحياتي, مع تحياتي, مع السلامة, للأسف, الحمد لله, الحمدلله, والله, لو سمحت, "
        "من فضلك, عفوا, آسف, آسفة, عذرا, إن شاء الله, انشالله, الجواب, جوابي, الإجابة, إجابتي, هو, هي, "
        "shukran, لك, لكم, جزيلا, شكرا جزيلا لك, شكرا كتير, السلام عليكم ورحمة الله, "
        "السلام عليكم ورحمة الله وبركاته, وعليكم السلام ورحمة الله وبركاته, والحمد لله, يا, صباح الخير, "
        "مساء الخير, يعطيك العافية, تسلم, بارك الله فيك, جزاك الله خيرا",
        "with_yes": "تمام, جيد, جيدا, ممتاز, بخير, كل شيء تمام, كل شي تمام, كل شيء بخير, الأمور بخير, "
        "كانت جيدة, جدا, جيد جدا, كان جيد, كان جيدا, منيح, كان منيح, كويس, كان كويس, كل شيء جيد, "
        "كل شيء على ما يرام, سار الأمر بشكل جيد, سارت الأمور بخير, سارت الأمور بشكل جيد, ذهبت, لقد ذهبت, "
        "رحت, وصلت",
        "with_no": "لم أذهب, ما رحت, لم أستطع, ما قدرت, لم يكن, لم يكن جيدا, مو كتير, مش كتير, مش كويس, "
        "مو منيح, سيء, كان سيئا, حتى الآن, لا أعتقد, مافي, ما في",
        "with_number": "الرقم, رقم, أعتقد, أظن, برأيي, من 5, درجة, درجات, نقاط, تقريبا, حوالي, ممكن, يمكن, "
        "ربما, اليوم, الآن, من خمسة, أعطي, أعطيه",
        "other": "خير",
    },
    "uk": {
        "yes": "так, таа, ага, угу, авжеж, звичайно, звісно, безумовно, еге, да, конечно, так звичайно, "
        "tak, da, точно, так точно, вірно, правильно, йес, ну так, ну да, підходить, подходит",
        "no": "ні, нi, нє, не, неа, нет, ні дякую, на жаль ні, нажаль ні, ще ні, поки ні, поки що ні, "
        "ещё нет, пока нет, нет спасибо, к сожалению нет, ni, nie, niet, ще не, ні поки, нет пока, нет ещё, "
        "ніколи, никогда, зовсім ні, взагалі ні, не підходить, не подходит",
        "1": "один, одна, одиниця", "2": "два, дві, двійка, двійку", "3": "три, трійка, трійку",
        "4": "чотири, четвірка, четыре, четвірку, четвёрка, четвёрку", "5": "п'ять, пять, п'ятірка, п'ятірку",
        "polite": "дякую, дуже дякую, щиро дякую, спасибі, спасибо, большое спасибо, привіт, добрий день, "
        "доброго дня, добрий вечір, доброго ранку, вітаю, здравствуйте, на жаль, нажаль, к сожалению, "
        "на щастя, будь ласка, пожалуйста, вибачте, перепрошую, извините, з повагою, ок, окей, слава богу, "
        "гарного дня, відповідь, моя відповідь, ответ, dyakuyu, diakuiu, і, й, та, щиро вдячний, "
        "щиро вдячна, вдячний, вдячна, дякую вам, до зустрічі",
        "with_yes": "добре, все добре, все гаразд, чудово, дуже, дуже добре, все було добре, "
        "все пройшло добре, хорошо, все хорошо, нормально, все нормально, все ок, гарно, було добре, "
        "пройшло добре, пройшло нормально, вдалося, все вдалося, це так, був, була, я був, я була, знайшов, "
        "знайшла, без проблем, підходить мені, мені підходить",
        "with_no": "не дуже, не зовсім, погано, плохо, взагалі, зовсім, поки, пока, ще, не був, не була, "
        "не міг, не могла, не зміг, не змогла, не вдалося, не знайшов, не знайшла, немає, нема",
        "with_number": "думаю, я думаю, гадаю, я гадаю, з 5, із 5, из 5, бал, бали, балів, цифра, число, "
        "оцінка, моя оцінка, напевно, мабуть, наверное, десь, приблизно, близько, примерно, около, "
        "сьогодні, сегодня, зараз, сейчас, на, ставлю, скажу, я б сказала, я б сказав, бала, номер, з п'яти",
        "other": "no",
    },
    "pl": {
        "yes": "tak, no tak, ja tak, oczywiście, pewnie, jasne, owszem, zgadza się, jak najbardziej, "
        "tak jest, oczywiście że tak, jasne że tak, pewnie że tak, potwierdzam, dokładnie, pasuje, pasuje mi",
        "no": "nie, nie dziękuję, nie dzięki, niestety nie, nie niestety, jeszcze nie, nie jeszcze, "
        "jeszcze nie dziś, wcale nie, nigdy, nieprawda, absolutnie nie, nie pasuje, nie pasuje mi",
        "1": "to 1, jeden, jedna, jedynka", "2": "to 2, dwa, dwie, dwójka", "3": "to 3, trzy, trójka",
        "4": "to 4, cztery, czwórka", "5": "to 5, pięć, piątka",
        "polite": "dziękuję, bardzo dziękuję, dzięki, dzień dobry, dobry wieczór, cześć, hej, witam, "
        "pozdrawiam, z poważaniem, proszę, niestety, na szczęście, przepraszam, ok, okej, miłego dnia, "
        "odpowiedź, moja odpowiedź, moja odpowiedź to, i, a, dziękuję bardzo, dzięki wielkie, "
        "do zobaczenia, miłego weekendu, serdecznie pozdrawiam, pozdrowienia",
        "with_yes": "dobrze, bardzo dobrze, wszystko dobrze, wszystko ok, świetnie, super, bardzo, "
        "było dobrze, poszło dobrze, chętnie, bardzo chętnie, fajnie, było ok, było fajnie, jest ok, "
        "jest dobrze, udało się, w porządku, wszystko w porządku, bez problemu, poproszę, byłem, byłam, "
        "znalazłem, znalazłam",
        "with_no": "niezbyt, źle, było źle, nie było dobrze, nie udało się, nie poszło, nie byłem, "
        "nie byłam, nie mogę, nie mogłem, nie mogłam",
        "with_number": "myślę, myślę że, z 5, na 5, punkt, punkty, punktów, ocena, moja ocena, numer, "
        "liczba, daję, chyba, około, jakieś, mniej więcej, dzisiaj, dziś, teraz, na, raczej, "
        "powiedziałbym, powiedziałabym, to będzie, na pięć, z pięciu",
        "other": "no, to, on",
    },
    "tr": {
        "yes": "evet, evt, eveet, tabii, tabi, tabii ki, tabi ki, elbette, olur, aynen, kesinlikle, eved, "
        "ewet, tabiki, doğru, aynen öyle, öyle, uygun, bana uyar, uyar",
        "no": "hayır, hayir, hyr, yok, yo, hayır teşekkürler, hayır teşekkür ederim, maalesef hayır, "
        "malesef hayır, hayır maalesef, henüz değil, daha değil, hayır henüz değil, olmaz, henüz hayır, "
        "asla, hayr, uygun değil, uymaz, bana uymaz",
        "1": "bir", "2": "iki", "3": "üç", "4": "dört", "5": "beş",
        "polite": "teşekkürler, teşekkür ederim, çok teşekkürler, çok teşekkür ederim, tşk, sağol, sağ ol, "
        "sağolun, sağ olun, merhaba, selam, maalesef, malesef, neyse ki, lütfen, iyi günler, iyi akşamlar, "
        "günaydın, tamam, ok, saygılar, saygılarımla, selamlar, cevap, cevabım, eyvallah, kolay gelsin, "
        "özür dilerim, çok şükür, şükür, ve, efendim, görüşürüz, iyi hafta sonları, selamün aleyküm, "
        "aleyküm selam, çok sağolun",
        "with_yes": "iyi, çok iyi, güzel, çok güzel, iyi geçti, güzel geçti, iyiydi, çok, her şey yolunda, "
        "güzeldi, çok güzeldi, iyi gitti, iyi oldu, oldu, gittim, geldim, buldum, sorunsuz",
        "with_no": "değil, pek değil, pek, hiç, iyi değil, iyi değildi, kötü, çok kötü, kötüydü, olmadı, "
        "gitmedim, gidemedim, bulamadım, yapamadım",
        "with_number": "bence, sanırım, puan, numara, sayı, veririm, diyorum, derim, 5 üzerinden, galiba, "
        "yaklaşık, belki, aşağı yukarı, civarı, bugün, şimdi, şu an, veriyorum, olsun, diyebilirim, 5 te, "
        "beş üzerinden",
        "other": "on, ne, var, ya",
    },
    "so": {
        "yes": "haa, ha, haah, haaa, hee, haa mahadsanid, sax, waa sax, dabcan, hubaal",
        "no": "maya, may, mayo, mayya, maya mahadsanid, nasiib darro maya, weli maya, wali maya, maya weli, "
        "maya wali, marnaba, ma aha, maya hadda, hadda maya, maya ilaa hadda, ilaa hadda maya",
        "1": "kow, mid, hal", "2": "laba, labo", "3": "saddex, sadex, sedex", "4": "afar", "5": "shan",
        "polite": "mahadsanid, mahadsanidiin, waad mahadsantahay, waad ku mahadsantahay, asc, wcs, salaan, "
        "nabad, is ka warran, fadlan, nasiib darro, waan ka xumahay, raali ahow, subax wanaagsan, "
        "galab wanaagsan, maalin wanaagsan, haye, waayahay, alxamdulillaah, alhamdulillah, insha allah, "
        "inshallah, insha'allah, asalaamu calaykum, jawaabta, jawaabtu waa, jawaabtaydu waa, iyo, walaal, "
        "walaalo, haaye, aad ayaan u mahadsanahay, aad baad u mahadsantahay, waad mahadsan tahay, "
        "alxamdulillah, alhamdulilah, xamdulillah, nasiib daro, raali iga ahow, nabadgelyo",
        "with_yes": "fiican, si fiican, aad, waa fiicnayd, way fiicnayd, si fiican ayay u dhacday, waa, "
        "waa fiican, waa fiicneyd, way fiicneyd, wey fiicneyd, aad bay u fiicnayd, aad bay u fiicneyd, "
        "si fiican ayey u dhacday, waan helay, waan tagay, waan imid",
        "with_no": "xun, ma tagin, ma helin, ma rabo, ma fiicnayn, ma fiicneyn",
        "with_number": "lambar, lambarka, ayaan u malaynayaa, dhibic, dhibcood, qiyaastii, malaha, "
        "maanta, hadda, ka mid ah 5, waxaan u malaynayaa, waxaan siinayaa, ayaan siinayaa",
        "other": "ma, no",
    },
    "ti": {
        "yes": "እወ, እዉ, እው, ኣወ, አዎ, አዎን, ewe, ewa, awo, ብርግጽ, ሓቂ እዩ",
        "no": "ኣይ, ኣይኮነን, ኣይፋል, ኣይፋሉን, ኣይፋልን, ኣይኮንኩን, ኣይነበረን, ገና ኣይኮነን, ኣይ ገና, አይደለም, አይ አመሰግናለሁ, aykonen, "
        "ayfal, ayfalun, ኖ, ኣይፋሉ, ብፍጹም",
        "1": "ሓደ, ሓንቲ, ሀደ, አንድ", "2": "ክልተ, ሁለት", "3": "ሰለስተ, ሶስት", "4": "ኣርባዕተ, ኣርባዕቲ, አራት",
        "5": "ሓሙሽተ, ሓሙሽቲ, ሃሙሽተ, አምስት",
        "polite": "የቐንየለይ, የቀንየለይ, የቐንየልና, ብጣዕሚ የቐንየለይ, ሰላም, ከመይ, ይቕሬታ, ይቅሬታ, በጃኹም, በጃኻ, በጃኺ, ብኽብረትኩም, "
        "አመሰግናለሁ, እናመሰግናለን, ኣምላኽ ይመስገን, ተመስገን, መልሲ, መልሰይ, መልስይ, ገና, yekenyeley, ከምኡ'ውን, ሕራይ, ደሓን ኩኑ, ደሓን ኩን",
        "with_yes": "ጽቡቕ, ጽቡቅ, ጽቡቕ ነይሩ, ኩሉ ጽቡቕ, ደሓን, ብጣዕሚ ጽቡቕ, ጥሩ, ሓቂ, ብጽቡቕ, ጽቡቕ ኣሎ, ጽቡቕ ነበረ, ኩሉ ደሓን, ከይደ, "
        "ከይደ ነይረ, መጺአ, ጥሩ ነበር",
        "with_no": "ጽቡቕ ኣይነበረን, ኣይከድኩን, ኣይከኣልኩን, ኣይተሳኽዐን, የለን",
        "with_number": "ቁጽሪ, እየ, እዩ, ይመስለኒ, ካብ 5, ነጥቢ, ኣስታት, ምናልባት, ሎሚ, ሕጂ, ነው, ካብ ሓሙሽተ",
    },
    "fa": {
        "yes": "بله, بلی, آره, اره, آری, حتما, البته, bale, baleh, bali, areh, درسته, درست است, قطعا",
        "no": "نه, خیر, نخیر, نه خیر, نی, نه ممنون, نه مرسی, نه تشکر, هنوز نه, نه هنوز, na, nakheir, kheyr, "
        "متاسفانه نه, نچ, نع, هرگز, اصلا, فعلا نه, نه فعلا",
        "1": "یک", "2": "دو", "3": "سه", "4": "چهار, چار", "5": "پنج",
        "polite": "ممنون, ممنونم, خیلی ممنون, مرسی, تشکر, سپاس, سپاسگزارم, متشکرم, سلام, سلام علیکم, "
        "متاسفانه, متأسفانه, خوشبختانه, لطفا, ببخشید, معذرت میخوام, با احترام, خدا را شکر, شکر, انشاالله, "
        "ان شاء الله, روز خوش, خداحافظ, جواب, جواب من, پاسخ, پاسخ من, merci, mamnoon, و, جان, باشه, اوکی, "
        "خدا رو شکر, دستتون درد نکنه, دست شما درد نکنه, تشکر زیاد, با تشکر, صبح بخیر, روز بخیر, عصر بخیر, "
        "وقت بخیر, خسته نباشید",
        "with_yes": "خوب, خوب بود, عالی, عالی بود, خیلی, خیلی خوب, خیلی خوب بود, همه چیز خوب بود, خوبه, "
        "همه چی خوب بود, همه چیز خوبه, خوب پیش رفت, خیلی عالی, همینطور, رفتم, پیدا کردم",
        "with_no": "خوب نبود, بد, بد بود, نرفتم, نشد, نتونستم, نتوانستم, چندان, بابا, فعلا",
        "with_number": "فکر می‌کنم, فکر میکنم, به نظرم, نمره, عدد, شماره, از 5, است, هست, فکر کنم, "
        "به نظر من, حدود, حدودا, تقریبا, شاید, احتمالا, نمره من, گزینه, امروز, الان, می‌دهم, میدم, من, "
        "از پنج",
    },
    "ro": {
        "yes": "da, ba da, sigur, desigur, bineînțeles, exact, evident, da sigur, normal ca da, "
        "sigur că da, bineînțeles că da, corect, adevărat, așa e, se potrivește",
        "no": "nu, nu mulțumesc, nu mersi, din păcate nu, nu din păcate, încă nu, nu încă, nu azi, deloc, "
        "nu deloc, nu astăzi, niciodată, nicidecum, nu se potrivește",
        "1": "unu, una, un 1", "2": "doi, două, un 2", "3": "trei, un 3", "4": "patru, un 4",
        "5": "cinci, un 5",
        "polite": "mulțumesc, mulțumesc frumos, mulțumesc mult, mersi, bună, bună ziua, bună seara, "
        "bună dimineața, salut, vă rog, te rog, din păcate, din fericire, scuze, îmi pare rău, cu respect, "
        "cu stimă, o zi bună, ok, slavă domnului, doamne ajută, răspuns, răspunsul, răspunsul este, "
        "răspunsul meu, răspunsul meu este, și, absolut, vă mulțumesc, mulțumim, mulțam, domnule, doamnă, "
        "cu drag, sărut mâna, pe curând",
        "with_yes": "bine, foarte bine, foarte, totul bine, totul e bine, a fost bine, a mers bine, super, "
        "cu plăcere, e ok, e bine, este ok, este bine, totul ok, totul e ok, fără probleme, normal, frumos, "
        "am fost, am reușit, am ajuns, am găsit",
        "with_no": "rău, nu cred, nu a mers, nu a mers bine, nu a fost bine, nu am fost, nu am reușit, "
        "nu pot, nu am putut",
        "with_number": "cred, cred că, zic, aș zice, eu zic, din 5, nota, numărul, puncte, cam, vreo, "
        "aproximativ, poate, probabil, azi, astăzi, acum, dau, dau nota, nota mea, nota mea e, "
        "nota mea este, e, este, aș spune, din cinci",
        "other": "la, no, un",
    },
}  # fmt: skip
