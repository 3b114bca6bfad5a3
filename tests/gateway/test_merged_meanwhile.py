"""Forms of an actor that was merged since they were opened: they are now of the living one."""

import pytest

from tests.gateway.whole import Whole

SEE_OTHER = 303


@pytest.mark.parametrize("page", ["lage", "atervand", "andra"])
async def test_a_form_of_who_was_merged_is_saved_again_of_the_living_one(
    whole: Whole, page: str
) -> None:
    old, living = await whole.actor(1), await whole.actor(2)
    if page == "atervand":
        stands = {"level": "operative", "status": "active", "valid_from": "2020-01-01"}
        for one in (old, living):
            place = stands | {"actor_id": one["id"]}
            await whole.actors.post(f"/actors/{one['id']}/place", place)
            gone = {"withdrawn_on": "2024-01-01", "reason": "Exempel"}
            answer = await whole.actors.post(f"/actors/{one['id']}/withdraw", gone)
            assert answer.status_code == 200
    browser, path = await whole.browser("process_leader"), f"/aktorer/{old['id']}/{page}"
    fields = (await browser.get(path)).fields(path)
    typed = {"reason": "Exempel: med igen"} if page == "atervand" else {"note": "Skrivet"}
    if page == "lage":
        typed = {"level": "strategic", "status": "active", "reason": "Skrivet"}
    answer = await whole.actors.post(f"/actors/{old['id']}/merge", {"into_id": living["id"]})
    assert answer.status_code == 200
    refused = await browser.send(path, **fields | typed)
    assert refused.status == 422
    assert "Nu gäller det den som den lever vidare i: spara igen" in refused.text()
    path = f"/aktorer/{living['id']}/{page}"
    again = await browser.send(path, **refused.fields(path))
    if page == "andra":
        assert "Skrivet" in again.fields(path)["note"], "what was typed stands beside what is saved"
        assert again.fields(path)["name"] == [living["name"]], "what nobody typed is the living's"
        again = await browser.send(path, **again.fields(path))
    assert again.status == SEE_OTHER, again.text()
    found = (await whole.actors.get(f"/actors/{living['id']}")).json()
    assert found["name"] == living["name"]
