"""The pilot: what the companies answered; the answers are examples."""

from demo.teller import Teller

# Told after the autumn of 2019 and before the conference in the spring of 2020, without a day.
INTERVIEWED_ON = "2020-03-10"
ANSWERS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "education",
        "utbildning",
        "Exempelsvar: De som söker saknar vana vid produktionen.",
        "Exempelsvar: En utbildning som är anpassad till produktionen.",
        "Exempelsvar: Ingen produktionsinriktad utbildning på gymnasienivå i närheten.",
    ),
    (
        "matching",
        "matchning",
        "Exempelsvar: Vi hittar inte vägarna till dem som söker arbete.",
        "Exempelsvar: Nystartsjobb, praktik och språkträning ihop med Arbetsförmedlingen.",
        "Exempelsvar: Samarbetet kring rekrytering är svagt.",
    ),
    (
        "reception",
        "attraktivitet",
        "Exempelsvar: Få känner till branschen.",
        "Exempelsvar: Branschen lockar fler, också dem som inte brukar söka.",
        "Exempelsvar: Branschens status är låg.",
    ),
)


async def tell(teller: Teller) -> None:
    """The answers are examples: the report gives the needs, not who said what."""
    dialogue_map = await teller.do("/dialogue-maps/default", "map")
    keys: dict[str, str] = {}
    for question in dialogue_map["questions"]:
        keys.setdefault(question["area"], question["key"])
    await teller.invent(
        "interviews", "intervjun", dialogue_map_id=dialogue_map["id"],
        actor_id=teller.id("mobelforetag1"), council_id=teller.id("mobelradet"),
        respondent_post_id=teller.id("foretagsledare"), held_on=INTERVIEWED_ON, consent=True,
        interviewer_post_id=teller.id("processledare"), consent_on=INTERVIEWED_ON,
        consent_scope="Svaren får användas i branschens behovsanalys.", consent_way="spoken",
    )  # fmt: skip
    interview = teller.id("intervjun")
    answers = [
        {
            "question_key": keys[area], "present": present, "desired": desired, "gap": gap,
            "example": True,
        }
        for area, _, present, desired, gap in ANSWERS
    ]  # fmt: skip
    saved = await teller.put(
        f"/interviews/{interview}/answers", {"answers": answers, "writer": "demo"}
    )
    ids = {answer["question_key"]: answer["id"] for answer in saved["saved"]}
    if len(ids) < len(ANSWERS):
        listed = (await teller.get(f"/interviews/{interview}/answers"))["items"]
        ids = {answer["question_key"]: answer["id"] for answer in listed}
    for area, name, *_ in ANSWERS:
        teller.ids[f"svar-{name}"] = ids[keys[area]]
