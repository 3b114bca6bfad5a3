"""The project's three conferences: only what the report says. It gives no days and names nobody."""

from demo.teller import Teller, report

STARTED = report("Omtag i projektet")
THEME = report("Konferensen ”Skaraborgsverkan”- ett sätt att lansera modellen i ett tidigt skede")
FINAL = report("Slutkonferens")
FINAL_SESSIONS = (
    ("resultatet", "Projektets resultat, med flera av projektets aktörer", "lecture"),
    ("trender", "Trendspaningar", "lecture"),
    ("panelen", "Paneldiskussion", "panel"),
    ("fortsattningen", "Det fortsatta arbetet efter projekttidens slut", "lecture"),
)


async def tell(teller: Teller) -> None:
    """Each of them has been held, on a day that is not known."""
    await _held(
        teller, "uppstartskonferensen", title="Uppstartskonferens", kind="start", source=STARTED,
        about="Genomfördes under projektets första år.",
    )  # fmt: skip
    await _held(
        teller, "skaraborgsverkan", title="Skaraborgsverkan", kind="theme", format="digital",
        told_attendance=50, source=THEME,
        about="Genomfördes våren 2020 tillsammans med systerprojektet Skaraborgsbyrån, för att "
        "engagera och förankra projektet och kompetensförsörjningsfrågan. Konferensen styrdes "
        "snabbt om från fysisk till digital. Frågor som skickades in lyftes i slutet av varje "
        "föreläsningspass. Feedbacken var mycket positiv på såväl innehållet som den digitala "
        "kvalitén. Konferensen spelades in och lades ut på skaraborg.se.",
        audiences=["Rektorer och personal för vuxenutbildning", "Näringslivschefer",
                   "Andra nyckelpersoner för organisationer kopplade till projekten"],
    )  # fmt: skip
    await _held(
        teller, "slutkonferensen", title="Slutkonferens", kind="final", told_attendance=60,
        source=FINAL,
        about="Heldagskonferens i projektets slutfas för att sprida projektresultatet och "
        "inspirera till fortsatt arbete. Deltagarna kunde ställa frågor till samtliga föredragare.",
    )  # fmt: skip
    for name, title, kind in FINAL_SESSIONS:
        await teller.make(
            "event-sessions", f"slutkonferensen-{name}", event_id=teller.id("slutkonferensen"),
            title=title, kind=kind, source=FINAL,
        )  # fmt: skip


async def _held(teller: Teller, name: str, **fields: object) -> None:
    await teller.make("events", name, project_id=teller.id("projektet"), **fields)
    await teller.do(f"/events/{teller.id(name)}/hold", f"{name}-halls")
