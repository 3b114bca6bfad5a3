"""On whose behalf: the mandate the report speaks of, and the role that was tried and declined."""

from demo.association import MUNICIPALITIES
from demo.people import ASSIGNED
from demo.teller import Teller, report

# What municipalities are made to have said of the invented mandate: as many have endorsed it as it
# takes to say how long that took.
ANSWERS = (
    ("asked", tuple(code for code, _ in MUNICIPALITIES), "2025-02-10"),
    ("endorsed", ("1472", "1496"), "2025-03-01"),
    ("presented", ("1493",), "2025-04-01"),
    ("endorsed", ("1495", "1497"), "2025-04-14"),
    ("endorsed", ("1499",), "2025-06-09"),
)


async def tell(teller: Teller) -> None:
    """The report's own facts, then one invented mandate that shows what it does not give."""
    await _trial(teller)
    await _from_the_chief_executives(teller)
    await _example(teller)
    await _joining(teller)


async def _trial(teller: Teller) -> None:
    """The report gives no days: they are not known, and so not written."""
    await teller.make(
        "role-trials", "strategiska-nivan", actor_id=teller.id("kompetensforum"),
        role="Den strategiska nivån i samverkansmodellen", answer="declined",
        reasons="Efter en föredragning i Kompetensforum blev återkopplingen att man i dag inte kan "
        "ha den funktionen, på grund av för knappa resurser i form av tid och att forumets uppdrag "
        "har en annan inriktning, som mer innefattar information, nätverkande och tankesmedja.",
        source=report("Helhetsuppdraget och den strategiska nivån"),
    )  # fmt: skip


async def _from_the_chief_executives(teller: Teller) -> None:
    """Which municipalities the chief executives of were asked is not told: nothing stands there."""
    await teller.invent(
        "mandates", "samverkansmodellen", issuer_actor_id=teller.id("kommuncheferna"),
        holder_council_id=teller.id("styrgruppen"), valid_from=ASSIGNED,
        scope="Samverkansmodellen för kompetensförsörjning i Skaraborg. Projektet har föredragits "
        "i kommunchefsgruppen, där mandatet och förankringen skulle finnas, och förankrats "
        "ytterligare hos enskilda kommunchefer, som blir något av ambassadörer och bär frågan in i "
        "gruppen. Vilka kommunchefer säger rapporten inte.",
        source=f"{report('Mandat på ledningsnivå')}. Rapporten nämner varken beslut, dag eller "
        "dokument. Innehavaren och startdagen är antagna.",
    )  # fmt: skip


async def _example(teller: Teller) -> None:
    await teller.invent(
        "mandates", "exempelmandatet", issuer_actor_id=teller.id("forbundet"),
        holder_post_id=teller.id("processledare"), decided_on="2025-01-20",
        valid_from="2025-02-01", valid_to="2027-02-01", document="Exempelprotokoll 1/2025",
        scope="Leda processen i branschråden och kalla till möten. Exempel: rapporten återger "
        "inget sådant mandat.",
        ambassador_post_ids=teller.all("rektor"),
    )  # fmt: skip
    await teller.invent(
        "carried-issues", "platser", issue="Exempel: fler platser i branschens kurser",
        ambassador_post_id=teller.id("rektor"), mandate_id=teller.id("exempelmandatet"),
        to_body="Exempel: gymnasienämnden", carried_on="2025-04-10",
        reply="Exempel: tas upp i höstens planering", replied_on="2025-05-06",
    )  # fmt: skip
    address = f"/mandates/{teller.id('exempelmandatet')}/endorse"
    for state, codes, day in ANSWERS:
        await teller.do(
            address, f"endorse-{state}-{day}", municipality_codes=list(codes), state=state, on=day,
            example=True,
        )  # fmt: skip


async def _joining(teller: Teller) -> None:
    """An actor that a need pointed at and that had no time; the report names none."""
    await teller.invent(
        "joinings", "edcs", actor_id=teller.id("edcs"), need_id=teller.id("attraktivitet"),
        why="Exempel: kan granska hur branschen framställs.", proposed_on="2021-02-01",
        owner_post_id=teller.id("processledare"), due_on="2021-03-31", asked_on="2021-02-08",
        answer="declined", answered_on="2021-02-20", reasons="Exempel: ingen tid under våren.",
    )  # fmt: skip
