"""The criteria of health checks, in our words, by what the project's final report learned.

An edition that is published never changes: what was judged by it would mean another thing.
"""

from datetime import date

from services.councils.contract.health_check import HealthCriteria, HealthCriterion

REPORT = "Slutrapport Samverkansmodell för kompetensförsörjning i Skaraborg, avsnittet"


def _criterion(key: str, text: str, help: str, section: str) -> HealthCriterion:
    return HealthCriterion(key=key, text=text, help=help, source=f"{REPORT} ”{section}”")


EDITIONS = [
    HealthCriteria(
        edition=1,
        published_on=date(2026, 11, 28),
        criteria=[
            _criterion(
                "process_led",
                "Någon leder processen och har tid för det",
                "Det finns en utsedd processledare, och arbetet faciliteras mellan mötena.",
                "Processledning",
            ),
            _criterion(
                "gain",
                "Varje aktör vinner på att vara med och kan säga hur",
                "Fråga var och en. Den som inte kan svara är på väg bort.",
                "Relationsbyggande utifrån kvalitetscirkeln",
            ),
            _criterion(
                "trust",
                "Tilliten räcker för att tänka och handla tillsammans",
                "Svåra saker sägs på mötena och inte bara efteråt.",
                "Relationsbyggande utifrån kvalitetscirkeln",
            ),
            _criterion(
                "mandate",
                "Ledningarna har gett arbetet ett mandat",
                "Det är förankrat hos dem som bestämmer över tid och pengar, och någon bär det.",
                "Mandat på ledningsnivå",
            ),
            _criterion(
                "continuity",
                "Rådet klarar att personer och sammankallande byts ut",
                "Fler än en kan föra arbetet vidare, och den som är ny får veta vad som gäller.",
                "Mandat på ledningsnivå",
            ),
            _criterion(
                "own_drive",
                "Aktörerna bidrar själva, av vilja, drivkraft och förmåga",
                "Arbetet stannar inte när processledaren är borta.",
                "GAP-analys/behovsanalys",
            ),
            _criterion(
                "needs_lead",
                "Branschens egna behov styr, och de leder till insatser",
                "Behoven är hämtade hos arbetsgivarna, och det går att se vad de ledde till.",
                "Avslutande kommentarer",
            ),
            _criterion(
                "norms",
                "Rådet prövar sina val normkritiskt",
                "Vilka når utbildningen och yrket, och vilka räknar ingen med?",
                "Ett normkritiskt perspektiv",
            ),
        ],
    ),
]
NEWEST = EDITIONS[-1]
BY_EDITION = {one.edition: one for one in EDITIONS}
