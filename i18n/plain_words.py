"""Officialese, and what people say instead [ours].

A line is one word or phrase: its forms = the plain forms in the same order, or one plain form for all of them.
" / " parts two that fit equally well. A plain form with "…" is an idea and no swap: the sentence must be turned
round for it ("returnere skemaet" -> "sende skemaet tilbage").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LIST = """
fremsende, fremsender, fremsendte, fremsendt, fremsendes, fremsend = sende, sender, sendte, sendt, sendes, send
indsende, indsender, indsendte, indsendt, indsendes, indsend = sende, sender, sendte, sendt, sendes, send
tilsende, tilsender, tilsendte, tilsendt, tilsendes = sende, sender, sendte, sendt, sendes
indgive, indgiver, indgav, indgivet, indgives = sende, sender, sendte, sendt, sendes
returnere, returnerer, returnerede, returneret, returner = sende … tilbage
medbringe, medbringer, medbragte, medbragt, medbring = tage … med
vedlægge, vedlægger, vedlagde = lægge … ved
anmode om, anmoder om, anmodede om, anmodet om = bede om, beder om, bad om, bedt om
anmode, anmoder, anmodede, anmodet = bede, beder, bad, bedt
ansøge om, ansøger om, ansøgte om, ansøgt om = søge om, søger om, søgte om, søgt om
henstille til, henstiller til, henstillede til = bede, beder, bad
forespørge, forespørger, forespurgte, forespurgt = spørge, spørger, spurgte, spurgt
du anmodes om at, du anmodes om = vi beder dig om at, vi beder dig om
du bedes = vi beder dig
bedes du = beder vi dig
det påhviler dig at = du skal
meddele, meddeler, meddelte, meddelt, meddel = fortælle, fortæller, fortalte, fortalt, fortæl
underrette, underretter, underrettede = fortælle, fortæller, fortalte
orientere, orienterer, orienterede = fortælle, fortæller, fortalte
informere, informerer, informerede = fortælle, fortæller, fortalte
tilkendegive, tilkendegiver, tilkendegav, tilkendegivet = sige, siger, sagde, sagt
gøre dig opmærksom på, gør dig opmærksom på = minde dig om, minder dig om
henlede din opmærksomhed på, henleder din opmærksomhed på = minde dig om, minder dig om
rette henvendelse til, retter henvendelse til, rettede henvendelse til = kontakte, kontakter, kontaktede
ret henvendelse til, henvende dig til, henvend dig til = kontakt, kontakte, kontakt
besvare, besvarer, besvarede, besvaret, besvar = svare på, svarer på, svarede på, svaret på, svar på
afvente, afventer, afventede, afventet, afvent = vente på, venter på, ventede på, ventet på, vent på
påbegynde, påbegynder, påbegyndte, påbegyndt, påbegyndes = starte, starter, startede, startet, startes
iværksætte, iværksætter, iværksatte, iværksat, iværksættes = starte, starter, startede, startet, startes
igangsætte, igangsætter, igangsatte, igangsat, igangsættes = starte, starter, startede, startet, startes
afslutte, afslutter, afsluttede, afsluttet, afsluttes = slutte, slutter, sluttede, sluttet, sluttes
ophøre, ophører, ophørte, ophørt = stoppe, stopper, stoppede, stoppet
finde sted, finder sted, fandt sted, fundet sted = være, er, var, været
forekomme, forekommer, forekom = ske, sker, skete
indtræffe, indtræffer, indtraf, indtruffet = ske, sker, skete, sket
træde i kraft, træder i kraft, trådte i kraft = gælde fra, gælder fra, gjaldt fra
tilvejebringe, tilvejebringer, tilvejebragte, tilvejebragt = skaffe, skaffer, skaffede, skaffet
fremskaffe, fremskaffer, fremskaffede, fremskaffet, fremskaffes = skaffe, skaffer, skaffede, skaffet, skaffes
erhverve, erhverver, erhvervede = få, får, fik
modtage, modtog, modtaget = få, fik, fået
opnå, opnår, opnåede, opnået = få, får, fik, fået
besidde, besidder, besad, besiddet = have, har, havde, haft
er i besiddelse af, være i besiddelse af, var i besiddelse af = har, have, havde
bibeholde, bibeholder, bibeholdt = beholde, beholder, beholdt
foretage, foretager, foretog, foretaget, foretages = lave, laver, lavede, lavet, laves
udarbejde, udarbejder, udarbejdede, udarbejdet, udarbejdes = lave, laver, lavede, lavet, laves
udfærdige, udfærdiger, udfærdigede, udfærdiget, udfærdiges = skrive, skriver, skrev, skrevet, skrives
effektuere, effektuerer, effektuerede, effektueret = udføre, udfører, udførte, udført
implementere, implementerer, implementerede, implementeret = indføre, indfører, indførte, indført
anvende, anvender, anvendte, anvendt, anvendes, anvend = bruge, bruger, brugte, brugt, bruges, brug
benytte, benytter, benyttede, benyttet, benyttes, benyt = bruge, bruger, brugte, brugt, bruges, brug
benævne, benævner, benævnte, benævnt, benævnes = kalde, kalder, kaldte, kaldt, kaldes
afholde, afholder, afholdte, afholdt, afholdes = holde, holder, holdt, holdt, holdes
varetage, varetager, varetog, varetaget = tage sig af, tager sig af, tog sig af, taget sig af
forestå, forestår, forestod = stå for, står for, stod for
bistå med, bistår med, bistod med = hjælpe med, hjælper med, hjalp med
bistå, bistår, bistod = hjælpe, hjælper, hjalp
assistere, assisterer, assisterede = hjælpe, hjælper, hjalp
bistand, assistance = hjælp
yde hjælp til, yder hjælp til, ydede hjælp til = hjælpe, hjælper, hjalp
yde, yder, ydede, ydet = give, giver, gav, givet
tildele, tildeler, tildelte, tildelt, tildeles = give, giver, gav, givet, gives
bevilge, bevilger, bevilgede, bevilget, bevilges = give, giver, gav, givet, gives
udlevere, udleverer, udleverede, udleveret, udleveres = give, giver, gav, givet, gives
overdrage, overdrager, overdrog, overdraget = give, giver, gav, givet
afgive, afgiver, afgav, afgivet, afgives = give, giver, gav, givet, gives
afstedkomme, afstedkommer, afstedkom = give, giver, gav
medføre at, medføre, at, medfører at, medfører, at = betyde at, betyde, at, betyder at, betyder, at
medføre, medfører, medførte, medført = give, giver, gav, givet
resultere i, resulterer i, resulterede i = give, giver, gav
foranledige, foranlediger, foranledigede = sørge for, sørger for, sørgede for
imødekomme, imødekommer, imødekom, imødekommet = sige ja til, siger ja til, sagde ja til, sagt ja til
acceptere, accepterer, accepterede, accepteret = sige ja til, siger ja til, sagde ja til, sagt ja til
give samtykke til, giver samtykke til, gav samtykke til = sige ja til, siger ja til, sagde ja til
afslå, afslår, afslog, afslået = sige nej til, siger nej til, sagde nej til, sagt nej til
træffe afgørelse om, træffer afgørelse om, traf afgørelse om = afgøre, afgør, afgjorde
træffe beslutning om, træffer beslutning om, traf beslutning om = beslutte, beslutter, besluttede
konstatere, konstaterer, konstaterede, konstateret = se, ser, så, set
formode, formoder, formodede = tro, tror, troede
erindre, erindrer, erindrede = huske, husker, huskede
identificere, identificerer, identificerede, identificeret = finde, finder, fandt, fundet
verificere, verificerer, verificerede, verificeret = tjekke, tjekker, tjekkede, tjekket
kontrollere, kontrollerer, kontrollerede, kontrolleret = tjekke, tjekker, tjekkede, tjekket
evaluere, evaluerer, evaluerede = … se på, hvordan det gik
dokumentere, dokumenterer, dokumenterede, dokumenteret = vise, viser, viste, vist
forevise, foreviser, foreviste, forevist, forevises = vise, viser, viste, vist, vises
fremlægge, fremlægger, fremlagde, fremlagt, fremlægges = vise, viser, viste, vist, vises
dokumentation for = papirer på
undertegne, undertegner = skrive under på, skriver under på
undertegnede = jeg / mig
korrigere, korrigerer, korrigerede, korrigeret = rette, retter, rettede, rettet
justere, justerer, justerede, justeret = rette, retter, rettede, rettet
revidere, reviderer, reviderede, revideret = ændre, ændrer, ændrede, ændret
modificere, modificerer, modificerede, modificeret = ændre, ændrer, ændrede, ændret
annullere, annullerer, annullerede, annulleret = aflyse, aflyser, aflyste, aflyst
reducere, reducerer, reducerede, reduceret = sænke, sænker, sænkede, sænket
forøge, forøger, forøgede, forøget = øge, øger, øgede, øget
understøtte, understøtter, understøttede, understøttet = støtte, støtter, støttede, støttet
tilgodese, tilgodeser = tage hensyn til, tager hensyn til
tilstræbe at, tilstræber at, bestræber os på at = prøve at, prøver at, prøver at
efterkomme, efterkommer = følge, følger
overholde, overholder, overholdt = holde / følge, holder / følger, holdt / fulgt
fordre, fordrer, fordrede = kræve, kræver, krævede
fremgår af, fremgå af, fremgik af = står i, stå i, stod i
beror på, bero på = kommer an på, komme an på
er omfattet af, være omfattet af = hører under, høre under
er gældende, være gældende = gælder, gælde
er beliggende, er placeret = ligger
er bosiddende = bor
er berettiget til, være berettiget til = har ret til, have ret til
har mulighed for at, have mulighed for at = kan, kunne
er i stand til at, være i stand til at = kan, kunne
er nødsaget til at, ser os nødsaget til at = må
har til hensigt at, have til hensigt at = vil, ville
har til formål at, have til formål at = skal, skulle
giver møde, give møde = møder op, møde op
såfremt = hvis
i tilfælde af at, i tilfælde af, at = hvis
under forudsætning af at, under forudsætning af, at = hvis
forudsat at, forudsat, at = hvis
i det omfang = hvis
medmindre = … hvis … ikke
for så vidt angår, hvad angår = når det gælder
vedrørende, angående, omhandlende = om
omhandler, omhandle, omhandlede = handler om, handle om, handlede om
med hensyn til, i relation til = om
under henvisning til, med henvisning til = efter / om
i henhold til, i medfør af, i overensstemmelse med = efter
i forbindelse med = ved / når
på baggrund af = ud fra / på grund af
med henblik på at = for at
med henblik på = til
grundet, som følge af, henset til, af hensyn til = på grund af
som følge heraf, følgelig = derfor
hvilket medfører at, hvilket medfører, at, således at = så
hvorefter, hvorpå = og så
idet, eftersom = fordi / da
uagtet, til trods for at = selv om
desuagtet = alligevel
hvorimod = men
imidlertid = dog
endvidere, ydermere, tillige, ligeledes, derudover, desforuden = også
samt, såvel som = og
i form af = som
ved hjælp af = med
inklusive = med
eksklusive = uden
så vidt muligt = helst
i videst muligt omfang = så meget vi kan
i væsentlig grad = meget
forud for, forinden = før
herefter = så
efterfølgende = bagefter / senere
fremadrettet = fra nu af
indledningsvis, indledningsvist = først
afslutningsvis, afslutningsvist = til sidst
sideløbende = på samme tid
kontinuerligt = hele tiden
snarest muligt, hurtigst muligt = så snart du kan / så snart vi kan
snarest = snart
omgående, øjeblikkeligt = straks
på nuværende tidspunkt, for nuværende, for indeværende = nu
på daværende tidspunkt = dengang
dags dato, pr. dags dato = i dag
indeværende måned, indeværende år, indeværende uge = denne måned, i år, denne uge
førstkommende = næste
ultimo = sidst i
primo = først i
medio = midt i
maksimalt = højst
som minimum = mindst
eventuelt = måske
nærværende = denne / dette
den pågældende, det pågældende, de pågældende = den, det, de
samtlige = alle
diverse, adskillige = flere / mange
hovedparten af, størstedelen af = de fleste
tilstrækkelig, tilstrækkeligt, tilstrækkelige = nok
fornøden, fornødent, fornødne = nødvendig, nødvendigt, nødvendige
betydelig, betydelige = stor, store
væsentlig, væsentlige = vigtig, vigtige
telefonisk = på telefon
skriftligt = på skrift
målsætning, målsætninger, målsætningen = mål, mål, målet
problemstilling, problemstillinger, problematik = problem, problemer, problem
tidsfrist, tidsfristen, tidsfrister = frist, fristen, frister
tidsrum, tidsrummet = tid, tiden
sagsbehandlingstid, sagsbehandlingstiden = ventetid, ventetiden
lovgivningen, gældende lovgivning = loven
de gældende regler, gældende regler = reglerne
retningslinjer, retningslinjerne = regler, reglerne
bestemmelse, bestemmelser, bestemmelsen, bestemmelserne = regel, regler, reglen, reglerne
handleplan, handleplanen, indsatsplan, indsatsplanen = plan, planen, plan, planen
opfølgningssamtale, opfølgningssamtalen = samtale, samtalen
opfølgningsmøde, opfølgningsmødet, statusmøde, statusmødet = møde, mødet, møde, mødet
bopælskommune, bopælskommunen = kommune, kommunen
ansættelsesforhold = job
i beskæftigelse = i job / i arbejde
ordinær beskæftigelse = almindeligt arbejde
forsørgelsesgrundlag = … det, du lever af
egenbetaling = … det, du selv betaler
kvalifikationer, kompetencer = … det, du kan
helbredsmæssige forhold, helbredstilstand = … dit helbred
tilbagemelding = … svar
partshøring = … du kan sige din mening, før vi bestemmer
aktindsigt = … se dine papirer
klagevejledning, klageadgang = … sådan klager du
funktionsevne, arbejdsevne = … det, du kan klare
virksomhedspraktik = praktik
foranstaltninger = tilbud
målgruppe, målgruppen = gruppe, gruppen
progression = fremgang
"""


@dataclass(frozen=True)
class PlainWord:
    """From where to where the official word stands, and what may stand there instead."""

    start: int
    end: int
    instead: tuple[str, ...]

    @property
    def is_swap(self) -> bool:
        """Whether it may simply be put in its place; else the sentence must be turned round."""
        return not any("…" in each for each in self.instead)


def find(text: str) -> Iterator[PlainWord]:
    """Every official word of a Danish text, the longest phrase first; a capital stays a capital."""
    for match in _PATTERN.finditer(text):
        official = re.sub(r"\s+", " ", match[0])
        instead = PLAIN[official.lower()]
        yield PlainWord(*match.span(), tuple(_like(official, each) for each in instead))


def _like(official: str, plain: str) -> str:
    return plain[0].upper() + plain[1:] if official[0].isupper() else plain


def _entries() -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in _LIST.strip().splitlines():
        official, plain = line.split(" = ")
        forms, instead = _forms(official), _forms(plain) if "…" not in plain else [plain]
        yield from zip(forms, map(_choices, instead * (len(forms) // len(instead))), strict=True)


def _forms(listed: str) -> list[str]:
    """A comma before "at" belongs to the phrase."""
    return re.split(r", (?!at(?:,| =|$))", listed)


def _choices(plain: str) -> tuple[str, ...]:
    return tuple(plain.split(" / "))


PLAIN = dict(_entries())
"""Each form of an official word or phrase, and the plain ones."""
ENTRIES = tuple(line.split(" = ")[0].split(", ")[0] for line in _LIST.strip().splitlines())
_PATTERN = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(PLAIN, key=len, reverse=True))
    + r")(?![\w-])",
    re.IGNORECASE,
)
