"""What the demo's citizens have asked about their data, and what the municipality says on its public pages."""

ASKERS = ("Mette", "Agnieszka")
EMAIL = "job@aakoebing.example"
DPO = "Ida Lykke, dpo@aakoebing.example"
REVIEWED_DAYS_AGO = 40

ERASURE = "Jeg vil gerne have slettet det, jeg skrev i foråret. Det passer ikke mere."
REFUSAL = (
    "Vi kan ikke slette det nu. Kommunen har pligt til at gemme det, der hører til din sag, i fem år. "
    "Vi har skrevet i sagen, at det ikke passer mere. Du kan klage til Datatilsynet."
)
CORRECTION = "Moje nazwisko piszecie źle. Nazywam się Nowak-Lis."
