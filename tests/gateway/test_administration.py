"""Administration: users come, change and go; the association's facts are data."""

from typing import Any

from tests.gateway.signing_in import PASSWORD, Browser, links_in, signed_in, user

NEW = {
    "name": "Exempelperson 2",
    "email": "Bo@Exempel.se",
    "roles": ["process_leader", "strategist"],
}


async def test_a_new_user_gets_a_link_and_comes_in_with_its_roles(gateway: Any) -> None:
    admin = await signed_in(gateway, "administrator")
    page = await admin.submit("/anvandare/ny", **NEW)
    assert page.h1 == "Länk till Exempelperson 2"
    address = page.one("#address").attributes["value"] or ""
    assert address.startswith("http://127.0.0.1:8000/valkommen/")
    newcomer = admin.another()
    (link,) = links_in(address)
    await newcomer.submit(link, password=PASSWORD, password_again=PASSWORD)
    account = await newcomer.get("/konto")
    assert "Processledare och Strateg" in account.text()
    assert "bo@exempel.se" in account.text()


async def test_a_user_form_says_what_is_wrong_at_its_fields(gateway: Any) -> None:
    admin = await signed_in(gateway, "administrator")
    page = await admin.submit("/anvandare/ny", name="", email="ingen adress", roles="")
    assert page.status == 422
    assert page.error("name") == "Fyll i ”Namn”."
    assert page.error("email") == "Ange e-postadressen, till exempel namn@exempel.se."
    assert page.error("roles") == "Välj minst 1 för ”Roller”."
    taken = await admin.submit("/anvandare/ny", **NEW | {"email": "anna@exempel.se"})
    assert taken.error("email") == "E-postadressen används redan av en annan användare."
    assert taken.one("#f-name").attributes["value"] == "Exempelperson 2"


async def test_new_roles_end_the_old_sessions(gateway: Any) -> None:
    admin = await signed_in(gateway, "administrator")
    number = await user(gateway, "reader", email="bo@exempel.se")
    bo = Browser(gateway)
    await bo.sign_in("bo@exempel.se")
    unchanged = await admin.submit(f"/anvandare/{number}", name="Exempelperson 3")
    assert unchanged.status == 303
    assert (await bo.get("/konto")).status == 200
    changed = await admin.submit(f"/anvandare/{number}", roles=["", "strategist"])
    assert changed.status == 303
    assert (await bo.get("/konto")).status == 303


async def test_two_administrators_do_not_overwrite_each_other(gateway: Any) -> None:
    admin = await signed_in(gateway, "administrator")
    number = await user(gateway, "reader", email="bo@exempel.se")
    path = f"/anvandare/{number}"
    form = (await admin.get(path)).fields(path)
    assert (await admin.submit(path, name="Exempelperson 3")).status == 303
    page = await admin.send(path, **form | {"name": "Exempelperson 4"})
    assert page.status == 422
    assert page.errors[0].startswith("Någon annan har ändrat")
    assert page.one("#f-name").attributes["value"] == "Exempelperson 4"


async def test_a_closed_account_is_out_at_once_and_can_come_back(gateway: Any) -> None:
    admin = await signed_in(gateway, "administrator")
    number = await user(gateway, "reader", email="bo@exempel.se")
    bo = Browser(gateway)
    await bo.sign_in("bo@exempel.se")
    page = await admin.submit(f"/anvandare/{number}/stang")
    assert page.status == 303
    assert (await bo.get("/konto")).status == 303
    assert (await bo.sign_in("bo@exempel.se")).status == 422
    listed = await admin.get("/anvandare")
    assert "Kontot är stängt." in listed.text(".note.done")
    undo = listed.one(".note.done form").attributes["action"] or ""
    await admin.submit("/anvandare", at=undo)
    assert "Väntar på lösenord" in (await admin.get("/anvandare")).text("#page")


async def test_the_last_administrator_stays(gateway: Any) -> None:
    number = await user(gateway, "administrator")
    admin = Browser(gateway)
    await admin.sign_in("anna@exempel.se")
    closed = await admin.submit(f"/anvandare/{number}/stang")
    assert closed.errors == ["Ge först någon annan rollen som administratör."]
    changed = await admin.submit(f"/anvandare/{number}", roles=["", "reader"])
    assert changed.error("roles") == "Ge först någon annan rollen som administratör."


async def test_a_new_link_stops_the_old_one(gateway: Any) -> None:
    admin = await signed_in(gateway, "administrator")
    first = (await admin.submit("/anvandare/ny", **NEW)).one("#address").attributes["value"] or ""
    listed = await admin.get("/anvandare")
    forms = [form.attributes["action"] or "" for form in listed.all("td form")]
    pages = [await admin.submit("/anvandare", at=action) for action in forms]
    links = [page.one("#address").attributes["value"] or "" for page in pages]
    assert first not in links
    assert (await admin.another().get(links_in(first)[0])).status == 404


async def test_the_association_is_data(gateway: Any) -> None:
    admin = await signed_in(gateway, "administrator")
    page = await admin.submit(
        "/installningar",
        **{
            "association": "Exempelförbundet",
            "contact": "Skriv till stod@exempel.se",
            "welcome": "Välkommen hit.\r\nVi ses!",
            "municipalities.0.code": "1401",
            "municipalities.0.name": "Exempelkommun 1",
            "municipalities.1.code": "1402",
            "municipalities.1.name": "Exempelkommun 2",
        },
    )
    assert page.status == 303
    shown = await admin.get("/installningar")
    assert shown.one('[id="f-municipalities.1.name"]').attributes["value"] == "Exempelkommun 2"
    assert shown.one('[id="f-levels.0.name"]').attributes["value"] == "Strategisk nivå"
    door = await admin.another().get("/logga-in")
    assert "Exempelförbundet" in door.text(".brand")
    assert "Välkommen hit. Vi ses!" in door.text()


async def test_a_wrong_row_of_settings_is_blamed_at_its_cell(gateway: Any) -> None:
    admin = await signed_in(gateway, "administrator")
    wrong = {"municipalities.1.code": "12", "municipalities.1.name": "Exempelkommun 1"}
    page = await admin.submit("/installningar", **wrong)
    assert page.status == 422
    assert page.error("municipalities.0.code") == "Kontrollera hur ”Kommunkod, rad 1” är skrivet."


async def test_what_is_typed_is_shown_as_text(gateway: Any) -> None:
    admin = await signed_in(gateway, "administrator")
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    await admin.submit("/installningar", association=evil, welcome=evil, contact=evil)
    await admin.submit("/anvandare/ny", **NEW | {"name": evil})
    for path in ("/installningar", "/anvandare", "/hjalp", "/personuppgifter", "/logga-in"):
        page = await admin.another().get(path) if path == "/logga-in" else await admin.get(path)
        assert "<script>alert" not in page.answer.text
        assert "<img src=x" not in page.answer.text
