"""How the furniture council is to work, and how it finds itself working.

The report has neither a charter nor a health check: all here are examples.
"""

from demo.teller import Fact, Teller, report

STARTED = report("Myndighetssamverkan och modellens arbetssätt på operativ nivå")


async def tell(teller: Teller) -> None:
    """What it is for is the report's; the rest is assumed, and says so."""
    council = teller.id("mobelradet")
    said = {
        "purpose": "Samla möbel- och inredningsbranschen, utbildningen och myndigheterna kring "
        "branschens behov av kompetens, med koppling till den trätekniska vuxenutbildningen.",
        "tasks": "Följa branschens behov och föreslå vad som ska göras på kort och lång sikt.",
        "decides_itself": "Sina egna arbetssätt, möten och gemensamma initiativ.",
        "only_prepares": "Utbildningsstarter, som kommunerna beslutar om.",
        "members_chosen": "Varje aktör utser en befattning för två år i taget.",
        "meeting_rhythm": "En gång i kvartalet.",
        "minutes_by": "Processledaren",
        "planned_seats": [{"role": "chair", "seats": 1}, {"role": "member", "seats": 6}],
    }
    told = f"{STARTED}. Att tre aktörer startar och driver rådet är rapportens; resten är antaget."
    await teller.invent(
        "charters", "mobel-forsta", council_id=council, valid_from="2020-11-12", source=told, **said
    )
    more = {
        "decision_making": "I samförstånd. Den som inte kan vara med säger varför.",
        "ends_by": "När behoven är mötta, eller när ingen aktör längre vinner på att vara med.",
        "equality_aims": "Varje utbildning som rådet föreslår prövas mot hur könen fördelar sig i "
        "yrket.",
    }
    await teller.invent(
        "charters", "mobel-andra", council_id=council, valid_from="2021-05-20", source=told,
        **said, **more,
    )  # fmt: skip
    await _checks(teller, council)


async def _checks(teller: Teller, council: str) -> None:
    """Two of them, so that something has changed."""
    told = "Antagen bedömning. Kriterierna bygger på slutrapporten."
    first = {"process_led": "holds", "gain": "partly", "mandate": "partly", "norms": "partly"}
    second = first | {"gain": "holds", "own_drive": "partly", "needs_lead": "holds"}
    found = [_found(*one) for one in first.items()]
    found[-1] |= {"todo": "Gå igenom bilderna i vårt material", "due_on": "2021-08-31"}
    await teller.invent(
        "health-checks", "mobel-forsta", council_id=council, reviewed_on="2021-03-10",
        next_review_on="2021-09-10", findings=found, source=told,
    )  # fmt: skip
    await teller.invent(
        "health-checks", "mobel-andra", council_id=council, reviewed_on="2021-09-14",
        findings=[_found(*one) for one in second.items()], source=told,
    )  # fmt: skip


def _found(criterion: str, judgement: str) -> Fact:
    evidence = "Antaget underlag: rådets samtal på mötet"
    return {"criterion": criterion, "judgement": judgement, "evidence": evidence}
