"""Words of crisis, as people write them: on a thought of dying, on danger and on violence, in each launch language.

Several words together wherever one would say too much: everybody "dies" of laughter now and then. A ``*`` ends a
stem ("selvmord*" is "selvmordstanker" too), and a ``-`` spares what only sounds like one: who is "in danger of losing"
her flat is in no danger. No speaker has gone through the lists outside Danish and English yet;
a municipality can put its own in the place of each.
"""

from collections.abc import Mapping

SHIPPED: Mapping[str, tuple[str, ...]] = {
    "da": (
        "selvmord*", "tage mit eget liv", "tager mit eget liv", "tage livet af mig", "tager livet af mig",
        "vil ikke leve", "ikke leve mere", "ikke leve længere", "ikke mere leve", "orker ikke at leve",
        "orker ikke livet", "gider ikke leve", "gider ikke at leve", "ikke lyst til at leve", "lyst til at dø",
        "jeg vil dø", "vil bare dø", "vil gerne dø", "vil hellere dø", "ønsker at dø", "ønsker jeg var død",
        "ville ønske jeg var død", "hellere være død", "bedre hvis jeg var død", "slå mig selv ihjel",
        "slår mig selv ihjel", "slaa mig selv ihjel", "gøre en ende på det hele", "gør en ende på det hele",
        "gøre skade på mig selv", "gør skade på mig selv", "skade mig selv", "skader mig selv", "skære i mig selv",
        "skærer i mig selv", "cutter mig",
        "jeg er i fare", "er i livsfare", "mit liv er i fare", "bange for mit liv", "frygter for mit liv",
        "han slår mig", "hun slår mig", "de slår mig", "min mand slår mig", "min kone slår mig",
        "min kæreste slår mig", "slår mig ihjel", "slå mig ihjel", "slår ham ihjel", "slår hende ihjel",
        "slå ham ihjel", "slå hende ihjel", "slå nogen ihjel", "truer mig på livet", "truer med at slå",
        "tæver mig", "tæsker mig", "udsat for vold", "voldtaget", "voldtog mig",
        "-uden at skade mig selv", "tage mit liv", "tager mit liv",
        "ende mit liv", "slutte mit liv", "afslutte mit liv", "hænge mig selv",
        "dræbe mig selv", "ikke værd at leve", "jeg vil doe", "lyst til at doe", "min far slår mig",
        "min eks slår mig", "min søn slår mig", "voldelig mod mig", "voldelig over for mig",
        "-vil ikke leve af", "-vil ikke leve på", "-jeg vil dø af grin", "-jeg er i fare for at miste",
        "-jeg er i fare for at blive fyret",
    ),
    "en": (
        "suicide", "suicidal", "kill myself", "killing myself", "end my life", "ending my life",
        "take my own life", "to end it all", "i want to die", "wanna die", "just want to die", "wish i was dead",
        "wish i were dead", "better off dead", "do not want to live", "don't want to live", "dont want to live",
        "no reason to live", "want to hurt myself", "going to hurt myself", "hurting myself", "harm myself",
        "harming myself", "self harm", "hang myself", "take my life", "no point in living", "want to be dead",
        "want to be alive",
        "i am in danger", "i'm in danger", "im in danger", "my life is in danger", "afraid for my life",
        "fear for my life", "scared for my life",
        "he hits me", "she hits me", "he beats me", "she beats me", "my husband hits me", "my husband beats me",
        "my wife hits me", "my boyfriend hits me", "will kill me", "going to kill me", "threatens to kill",
        "threatened to kill", "kill him", "kill her", "raped me", "i was raped", "beating me",
        "gonna end it all", "just end it all", "will end it all", "could end it all", "ending it all",
        "my dad hits me", "my partner hits me", "my boyfriend beats me",
        "my girlfriend hits me",
        "-in danger of losing", "-in danger of missing", "-wanna die laughing", "-hits me up", "-beats me at",
        "-beats me in", "-beats me every time",
    ),
    "ar": (
        "انتحار", "الانتحار", "انتحر", "سأنتحر", "رح انتحر", "أريد أن أموت", "اريد اموت", "بدي موت", "بدي اموت",
        "لا أريد أن أعيش", "لا اريد العيش", "ما بدي عيش", "ما بدي اعيش", "أقتل نفسي", "سأقتل نفسي", "اقتل حالي",
        "أنهي حياتي", "اؤذي نفسي", "أذي حالي",
        "حياتي في خطر", "حياتي بخطر", "أنا في خطر", "أخاف على حياتي", "خايف على حياتي", "خايفة على حياتي",
        "يضربني", "تضربني", "عم يضربني", "يهددني بالقتل", "سيقتلني", "رح يقتلني", "اغتصبني",
    ),
    "uk": (
        "самогубств*", "суїцид*", "вбити себе", "вб'ю себе", "убити себе", "не хочу жити", "не хочу більше жити",
        "хочу померти", "накласти на себе руки", "покінчити з собою", "покінчити з життям", "завдати собі шкоди",
        # Many who read Ukrainian also write Russian.
        "самоубийств*", "не хочу жить", "хочу умереть", "убить себя", "покончить с собой",
        "моє життя в небезпеці", "я в небезпеці", "боюся за своє життя", "боюсь за своє життя", "боюсь за свою жизнь",
        "він мене б'є", "вона мене б'є", "чоловік мене б'є", "чоловік б'є мене", "він б'є мене", "погрожує вбити",
        "погрожує мене вбити", "хоче мене вбити", "он меня бьет", "муж меня бьет", "угрожает убить", "зґвалтував",
    ),
    "pl": (
        "samobójstw*", "samobójcz*", "zabić się", "zabiję się", "się zabić", "się zabiję", "nie chcę żyć",
        "nie chcę już żyć", "nie chce mi się żyć", "chcę umrzeć", "wolę umrzeć", "odebrać sobie życie",
        "skończyć ze sobą", "skończę ze sobą", "zrobić sobie krzywdę", "krzywdzę się",
        "jestem w niebezpieczeństwie", "moje życie jest zagrożone", "boję się o swoje życie", "boję się o życie",
        "on mnie bije", "mąż mnie bije", "żona mnie bije", "partner mnie bije", "bije mnie", "grozi mi śmiercią",
        "grozi że mnie zabije", "chce mnie zabić", "zabije mnie", "zgwałcił*",
    ),
    "tr": (
        "intihar*", "kendimi öldür*", "ölmek istiyorum", "yaşamak istemiyorum", "artık yaşamak istemiyorum",
        "canıma kıy*", "hayatıma son ver*", "kendime zarar ver*",
        "hayatım tehlikede", "tehlikedeyim", "canımdan korkuyorum", "hayatımdan endişe ediyorum",
        "beni dövüyor", "kocam beni dövüyor", "karım beni dövüyor", "beni öldürecek", "beni öldürmekle tehdit",
        "ölümle tehdit", "şiddet görüyorum", "bana vuruyor", "tecavüz*",
    ),
    "so": (
        "isdil*", "is dilid", "is dilayaa", "inaan is dilo", "waan is dilayaa", "inaan dhinto",
        "ma rabo inaan noolaado", "ma doonayo inaan noolaado", "nolosha ma rabo", "naftayda inaan waxyeeleeyo",
        "naftayda ayaa khatar ku jirta", "khatar ayaan ku jiraa", "naftayda ayaan u baqayaa", "nolosheyda khatar",
        "wuu i garaacaa", "way i garaacdaa", "ninkayga wuu i garaacaa", "wuu i dilayaa", "inuu i dilo",
        "waa la i kufsaday", "i kufsaday",
    ),
    "ti": (
        "ርእሰ ቅትለት", "ርእሰይ ክቐትል", "ነብሰይ ክቐትል", "ነፍሰይ ክቐትል", "ነብሰይ ከጥፍእ", "ክመውት ደልየ", "ክመውት እደሊ",
        "ክነብር ኣይደልን", "ብህይወት ክነብር ኣይደልን", "ምንባር ጸሊአ", "ነብሰይ ክጎድእ",
        "ህይወተይ ኣብ ሓደጋ", "ኣብ ሓደጋ ኣለኹ", "ንህይወተይ እፈርህ",
        "ይሃርመኒ", "ትሃርመኒ", "ሰብኣየይ ይሃርመኒ", "ይወቕዓኒ", "ክቐትለኒ", "ክቐትለኒ እዩ", "ዓሚጹኒ",
    ),
    "fa": (
        "خودکشی", "خودکشی کنم", "می‌خواهم بمیرم", "می خواهم بمیرم", "میخوام بمیرم", "می خوام بمیرم",
        "نمی‌خواهم زندگی کنم", "نمی خواهم زندگی کنم", "نمیخوام زندگی کنم", "نمی‌خواهم زنده باشم",
        "نمیخوام زنده باشم", "خودم را بکشم", "خودمو بکشم", "خودم را می‌کشم", "به زندگی‌ام پایان", "به خودم آسیب",
        "جانم در خطر است", "جونم در خطره", "در خطر هستم",
        "مرا می‌زند", "منو میزنه", "منو می زنه", "کتکم می‌زند", "کتکم میزنه", "تهدید به مرگ", "مرا می‌کشد",
        "منو میکشه", "به من تجاوز کرد", "بهم تجاوز کرد", "تجاوز جنسی",
    ),
    "ro": (
        "sinucid*", "mă sinucid", "sinucig*", "vreau să mor", "vreau sa mor", "să mă omor", "mă omor singur*",
        "nu vreau să trăiesc", "nu mai vreau să trăiesc", "îmi iau viața", "să-mi iau viața", "să-mi fac rău",
        "îmi fac rău",
        "viața mea e în pericol", "viața mea este în pericol", "sunt în pericol", "mă tem pentru viața mea",
        "mi-e frică pentru viața mea",
        "soțul mă bate", "el mă bate", "soția mă bate", "iubitul mă bate", "mă bate acasă", "mă amenință cu moartea",
        "vrea să mă omoare", "o să mă omoare", "m-a violat",
        "-mă bate la cap", "-vreau să mor de râs",
    ),
}  # fmt: skip
