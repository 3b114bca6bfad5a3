"""How: the ways of working that the report describes, and what it asks of who leads the processes.

The words are ours. What the report does not say of a way of working stands as our addition.
"""

from typing import Any

from demo.teller import Teller, report

METHOD = report("Arbetssätt och metod")
GAP = report("GAP-analys/behovsanalys")
CIRCLE = report("Relationsbyggande utifrån kvalitetscirkeln")
LEADING = report(
    "Processledning", "Aktörskartläggning", "GAP-analys/behovsanalys", "Ett normkritiskt perspektiv"
)
WORDS = "Orden är våra."

METHODS: dict[str, dict[str, Any]] = {
    "swot": {
        "name": "SWOT per deltagargrupp",
        "purpose": "Jämföra branscher innan en av dem väljs, så att valet vilar på mer än en "
        "röst.",
        "steps": ["selection"],
        "how_to": "Ta fram vilka branscher som kan väljas. Gå i workshopar med styrgruppen "
        "igenom varje bransch med en SWOT-analys: styrkor, svagheter, möjligheter och hot.\n\n"
        "Pröva sedan branscherna mot kriterierna: en stabil struktur, till exempel en nationell "
        "branschorganisation, vilja att samverka, behov av stöd i kompetensförsörjningen, och "
        "att branschen väntas svara upp. I pilotprojektet vägde behovet tungt.\n\n"
        "Vårt tillägg: låt varje grupp av deltagare göra sin egen analys först och lägg dem "
        "sedan bredvid varandra. Skillnaderna säger mest.",
        "source": f"{METHOD}. {WORDS}",
    },
    "forutsattningar": {
        "name": "Pröva förutsättningarna: vilja, drivkraft, förmåga",
        "purpose": "Se om en aktör själv kommer att bidra, innan den går in i samverkan. Annars "
        "riskerar arbetet att bli konstgjord andning.",
        "steps": ["prerequisites", "building_trust"],
        "how_to": "Välj aktörerna utifrån behovsanalysen. Tala med var och en och pröva tre "
        "saker: viljan att ingå, drivkraften bakom den och förmågan att bidra.\n\n"
        "Processled och bygg relationer först när förutsättningarna finns.\n\n"
        "Vårt tillägg: skriv vad varje bedömning bygger på, och gör om den efter ett år. Den "
        "sparas under aktörens förutsättningar.",
        "source": f"{GAP}. {WORDS}",
    },
    "dialogkarta": {
        "name": "Intervjuer efter dialogkarta",
        "purpose": "Få företagens egna ord om sin kompetensförsörjning, på samma sätt från alla.",
        "steps": ["interviews"],
        "how_to": "Utgå från en dialogkarta med frågor i tre områden: mottagarkompetens, "
        "matchning och utbildning. Intervjua flera företag i branschen med samma karta.\n\n"
        "Ha ett normkritiskt perspektiv med i frågorna.\n\n"
        "Vårt tillägg: ha perspektivet i alla frågor, inte som en fråga för sig. Börja med "
        "samtycke, och låt företaget läsa och godkänna det som skrevs.",
        "materials": "Projektets dialogkarta: rapportens bilaga 1. Vårt tillägg: en publicerad "
        "dialogkarta i Kompetensnav, som har en egen.",
        "source": f"{GAP}. {WORDS}",
    },
    "gap": {
        "name": "GAP-analys: nuläge och önskat läge",
        "purpose": "Visa glappet mellan hur det är och hur det borde vara, så att behovet pekar ut "
        "vilka aktörer som ska med.",
        "steps": ["gap_analysis"],
        "how_to": "Ställ nuläget mot det önskade läget för varje område, med intervjuerna som "
        "grund. Det som skiljer är glappet, och glappet är en form av behov.\n\n"
        "Låt behoven visa vilka aktörer som är relevanta, och bygg samverkan av dem.\n\n"
        "Vårt tillägg: skriv ett behov i taget, med vem som har det och om det gäller kort eller "
        "lång sikt.",
        "source": f"{GAP}. {WORDS}",
    },
    "kvalitetscirkeln": {
        "name": "Kvalitetscirkeln",
        "purpose": "Bygga relationer med tillit, som gör att samverkan håller och ger resultat.",
        "steps": ["building_trust", "meeting", "follow_up"],
        "how_to": "Börja i det osynliga: relationerna. Forma samverkan och dess innehåll "
        "tillsammans, genom att tänka och handla tillsammans. Tillit ger förutsättningar för "
        "prestation, det som syns.\n\n"
        "Se till att någon faciliterar och leder arbetet, och att varje aktör upplever en vinst "
        "av att vara med. Räkna med att det tar tid.\n\n"
        "Vårt tillägg: gå ett varv vid varje uppföljning. Fråga först hur relationerna är, och "
        "sedan vad de har lett till.",
        "source": f"{CIRCLE}. {WORDS}",
    },
}  # fmt: skip

OUR = "Samverkansmodell för kompetensförsörjning i Skaraborg"
# Kind, requirement, the conclusion behind it, and whether it is our reading of it.
REQUIREMENTS: tuple[tuple[str, str, str, bool], ...] = (
    ("attitude", "Är gränsgångare mellan strategisk och operativ nivå och mellan aktörerna",
     "Rollen är att agera gränsgångare i sin sammanhållande funktion", False),
    ("skill", "Leder och faciliterar utvecklingsprocesser utifrån branschens behov och de "
     "strategiska uppdragen", "Ska kunna leda och facilitera utvecklingsprocesser", False),
    ("skill", "Bygger förtroende och goda relationer enligt kvalitetscirkeln",
     "Att vara gränsgångare är också att bygga förtroende för samverkan", False),
    ("skill", "Håller ihop struktur och innehåll",
     "Kombinationen av struktur och innehåll är en framgångsfaktor och kräver processtöd", False),
    ("skill", "Riggar snabbfotade processer för kortsiktiga behov vid sidan av det långsiktiga",
     "Organiseringen ska vara flexibel och kunna möta kortsiktiga behov", False),
    ("experience", "Har lett branschråd eller annat arbete mellan flera organisationer",
     "Facilitering av branschråd med processledare är avgörande som framgångsfaktor", True),
    ("knowledge", "Vet hur utbildningssidans aktörer och uppdrag ser ut i Skaraborg",
     "Utbildningssidan har många aktörer med olika uppdrag", True),
    ("knowledge", "Kan leda samtal ur ett normkritiskt perspektiv",
     "Normkritiska frågor har lyfts med aktörerna genom hela projektet", True),
)  # fmt: skip


async def tell(teller: Teller) -> None:
    """The methods, then the profile, published: nothing in either is anybody's or has a day."""
    for name, fields in METHODS.items():
        await teller.make("methods", f"metod-{name}", **fields)
    await teller.make(
        "competence-profiles", "kompetensprofil",
        introduction="Projektet föreslog att en processledning med flera processledare tillsätts, "
        "och att en kompetensprofil tas fram för den. Det här är den första versionen, skriven av "
        "vad rapporten säger om rollen. Vikterna är våra, och det som är vår tolkning är märkt. "
        "Slutsatser från parallella projekt ska läggas till i nästa version.",
        requirements=[
            {
                "kind": kind, "text": text, "conclusion": conclusion, "own_reading": ours,
                "weight": "desirable" if ours else "required", "project": OUR,
            }
            for kind, text, conclusion, ours in REQUIREMENTS
        ],
        source=f"{LEADING}. {WORDS}",
    )  # fmt: skip
    await teller.do(f"/competence-profiles/{teller.id('kompetensprofil')}/publish", "publicera")
