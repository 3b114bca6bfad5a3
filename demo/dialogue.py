"""Dialogue: who talked with whom as the report tells it, and a few invented contacts of late."""

from datetime import date, timedelta

from demo.teller import Teller, report
from services.kit import clock

WORK = report("Myndighetssamverkan och modellens arbetssätt på operativ nivå")
DAY_ASSUMED = "Rapporten anger varken dag eller kontaktväg; de är antagna."
# name, day, how, with whom, section of the report, what was said, and perhaps the answer
TOLD: tuple[tuple[str, str, str, str, str, str, str | None], ...] = (
    (
        "omtaget",
        "2019-10-15",
        "meeting",
        "regionen",
        report("Omtag i projektet"),
        "Det nya helhetsgreppet för projektet förankrades med finansiären.",
        None,
    ),
    (
        "forumets-provning",
        "2020-03-05",
        "presentation",
        "kompetensforum",
        report("Helhetsuppdraget och den strategiska nivån"),
        "Projektet prövade om Kompetensforum kan ta den strategiska nivån i samverkansmodellen.",
        "Det går inte i dag: resurserna i form av tid är för knappa, och forumets uppdrag har en "
        "annan inriktning, mer information, nätverkande och tankesmedja.",
    ),
    (
        "utbildningsparten",
        "2020-03-20",
        "meeting",
        "tibro",
        WORK,
        "Branschen behöver en utbildningsaktör. Efter dialog med flera utförare av utbildning i "
        "Skaraborg blev Tibro kommun part, med den trätekniska vuxenutbildningen.",
        None,
    ),
    (
        "vuxnatverket",
        "2020-04-16",
        "presentation",
        "vux",
        WORK,
        "Projektet presenterades för nätverket.",
        "Dialogen förs vidare om utbyten mellan Vux Skaraborg och aktörerna i modellen, och om "
        "vuxenutbildningens behov av en djupare analys av kompetensförsörjningsbehovet.",
    ),
    (
        "myndigheten-ater",
        "2020-09-10",
        "meeting",
        "arbetsformedlingen",
        report("Arbetsförmedlingens förändrade roll och uppdrag"),
        "Arbetsförmedlingen tar åter en roll: att tillsammans med två ytterligare aktörer starta "
        "och leda ett branschråd för möbel- och inredningsbranschen.",
        None,
    ),
    (
        "hostprocessen",
        "2020-10-08",
        "meeting",
        "forbundet",
        report("Höstprocessen"),
        "En av fem workshops med förbundets strateger om vilken roll förbundet kan ta i "
        "kompetensförsörjningen.",
        "Strategerna samarbetar mer, och en ny arbetsgrupp har bildats.",
    ),
    (
        "kommuncheferna-hor",
        "2020-10-22",
        "presentation",
        "kommuncheferna",
        report("Mandat på ledningsnivå"),
        "Projektet föredrogs för kommuncheferna, där mandatet och förankringen ska finnas.",
        "Enskilda kommunchefer blir något av ambassadörer, som bär modellen och frågan in i "
        "gruppen kontinuerligt.",
    ),
)
# Days ago, so that whoever starts the demo finds bridges of the last year and a step that is late:
# name, days ago, how, with whom, which post of theirs, what was said, the next step, due days ago
INVENTED: tuple[tuple[str, int, str, str, str, str, str | None, int], ...] = (
    (
        "rektorn",
        72,
        "phone",
        "tibro",
        "rektor",
        "Exempel: Rektorn undrar hur många platser företagen vill ha i januari.",
        "Exempel: Fråga företagen om antalet platser",
        42,
    ),
    (
        "sektionen",
        51,
        "video",
        "arbetsformedlingen",
        "af-chef",
        "Exempel: Praktikplatser före utbildningsstarten.",
        None,
        0,
    ),
    (
        "platschefen",
        23,
        "visit",
        "mobelforetag1",
        "foretagsledare",
        "Exempel: Företaget visade produktionen och berättade vilka de söker.",
        None,
        0,
    ),
)


async def tell(teller: Teller) -> None:
    """The report's dialogues, each with a day of ours, the one that goes on, and inventions."""
    for name, day, channel, actor, told, said, reply in TOLD:
        await teller.invent(
            "contacts", name, held_on=day, channel=channel, actor_id=teller.id(actor),
            our_actor_id=teller.id("forbundet"), said=said, reply=reply,
            # Within the association the report says who was talked with, and not who talked.
            our_post_id=teller.id("projektledare") if actor == "forbundet" else None,
            source=f"{told}. {DAY_ASSUMED}"
            + (" Vår befattning är antagen." if actor == "forbundet" else ""),
        )  # fmt: skip
    await teller.invent(
        "contacts", "fortsattningen", held_on="2020-12-01", channel="other",
        actor_id=teller.id("regionen"), our_actor_id=teller.id("forbundet"),
        said="Regionen och förbundets ledning har en pågående dialog om stöd till nästa steg efter "
        "projekttiden: ett kompetensnav för Skaraborg.",
        next_step="Fortsätt dialogen om stöd till nästa steg",
        owner_post_id=teller.id("projektledare"),
        source=f"{report('Avslutande kommentarer')}. {DAY_ASSUMED} Ansvarig är antagen.",
    )  # fmt: skip
    today = clock.today()
    for name, ago, channel, actor, post, said, step, due in INVENTED:
        await teller.invent(
            "contacts", f"{name}-{today}", held_on=days_from(today, -ago), channel=channel,
            actor_id=teller.id(actor), post_id=teller.id(post), our_actor_id=teller.id("forbundet"),
            our_post_id=teller.id("processledare"), said=said, next_step=step,
            due_on=days_from(today, -due) if step else None,
            owner_post_id=teller.id("processledare") if step else None,
        )  # fmt: skip


def days_from(today: date, days: int) -> str:
    """A day so many days after another, or before it."""
    return (today + timedelta(days=days)).isoformat()
