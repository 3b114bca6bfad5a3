"""How the actors were judged, what they promised and who was chosen: all of it is invented."""

from demo.people import ASSIGNED
from demo.teller import Teller

# The report judges no actor and counts no contribution: all of it is examples.
ASSESSED = {
    "arbetsformedlingen": (4, 4, 3),
    "tibro": (5, 5, 4),
    "teknikcollege": (4, 3, 4),
    "idc": (4, 4, 4),
    "mobelforetag1": (5, 3, 2),
}
RATED = (
    ("tibro-arbetsformedlingen", "tibro", "2020-11-12", 3),
    ("tibro-arbetsformedlingen", "arbetsformedlingen", "2020-11-12", 4),
    ("tibro-arbetsformedlingen", "tibro", "2021-01-20", 2),
    ("tibro-idc", "idc", "2020-11-12", 4),
)
ASSESSED_ON = "2020-10-15"
NOT_ASSESSED = "Exempel: företaget är litet och bedöms under det första året."
NOT_AGAIN = "Exempel: aktören var redo när platsen togs, och har inte bedömts igen."


def why_seated(actor: str) -> str:
    """Why one who is not known to be ready today sits in a council that goes on."""
    return NOT_AGAIN if actor in ASSESSED else NOT_ASSESSED


async def tell(teller: Teller) -> None:
    """Judgements, then promises, then choices."""
    await _readiness(teller)
    await _ratings(teller)
    await _promises(teller)
    await _choices(teller)


async def _readiness(teller: Teller) -> None:
    """What five of those who then sit in the furniture council were judged able to."""
    told = "Exempel: så sades på ett möte inför rådets start."
    for name, marks in ASSESSED.items():
        said = dict(zip(("will", "drive", "ability"), marks, strict=True))
        await teller.invent(
            "readiness", f"bedomning-{name}", actor_id=teller.id(name), assessed_on=ASSESSED_ON,
            assessed_by_post_id=teller.id("processledare"),
            **said, **{f"{part}_evidence": told for part in said},
        )  # fmt: skip


async def _ratings(teller: Teller) -> None:
    """How both sides of one relation find it, and one side of another."""
    for relation, rater, day, mark in RATED:
        await teller.invent(
            "relation-ratings", f"skattning-{rater}-{day}", relation_id=teller.id(relation),
            rater_actor_id=teller.id(rater), rated_on=day, mark=mark,
            note="Exempel: så sades vid rådets avstämning.",
        )  # fmt: skip


async def _promises(teller: Teller) -> None:
    """What one company gains, and what it and the school have promised."""
    await teller.invent(
        "gains", "vinst", actor_id=teller.id("mobelforetag1"), stated_on=ASSESSED_ON,
        statement="Exempel: operatörer som är utbildade för företagets egna maskiner.",
        confirmed_on="2020-11-12", confirmed_by_post_id=teller.id("foretagsledare"),
    )  # fmt: skip
    await teller.invent(
        "pledges", "praktikplatser", actor_id=teller.id("mobelforetag1"), due_on="2021-03-31",
        what="Exempel: två praktikplatser med handledare",
        owner_post_id=teller.id("foretagsledare"),
    )  # fmt: skip
    await teller.invent(
        "pledges", "verkstaden", actor_id=teller.id("tibro"), due_on="2021-01-31",
        what="Exempel: verkstaden öppen för branschens kurser en kväll i veckan",
        owner_post_id=teller.id("rektor"), delivered_on="2021-01-20",
        result="Exempel: torsdagar klockan 17 till 20",
    )  # fmt: skip


async def _choices(teller: Teller) -> None:
    """By what somebody was weighed who was asked to wait; the report names no criteria."""
    criteria = (
        ("uppdraget", "Exempel: uppdraget rör branschens behov", 5),
        ("rackvidden", "Exempel: når många arbetsgivare", 3),
    )
    for key, name, weight in criteria:
        await teller.invent("criteria", key, name=name, weight=weight, valid_from=ASSIGNED)
    await teller.invent(
        "priorities", "vanta", actor_id=teller.id("edcs"), choice="later",
        reason="Exempel: tas med när jämställdhetsarbetet i branschen planeras.",
        decided_on=ASSESSED_ON, decided_by_post_id=teller.id("processledare"),
        scores=[{"criterion_id": teller.id("rackvidden"), "score": 2}],
    )  # fmt: skip
