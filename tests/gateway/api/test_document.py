"""The API's document is saved, true, and what the national profile asks for."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import orjson
from schemathesis.specs.openapi.definitions import OPENAPI_31

from gateway.api.documents import merged
from gateway.api.saved import SAVED
from operations.commands import openapi
from services.kit.contract import Draft
from services.kit.nouns import noun_of
from tests.wire.running import House

Document = dict[str, Any]
DOCUMENT: Document = orjson.loads(SAVED.read_bytes())
INFO: Document = DOCUMENT["info"]
COMPONENTS: Document = DOCUMENT["components"]
PROBLEM = "application/problem+json"
# VER.06 gives these their names; everything else is snake_case.
PROFILE_NAMES = {"ApiInfo"}


def operations() -> Iterator[tuple[str, str, Document]]:
    for path, item in DOCUMENT["paths"].items():
        for verb, said in item.items():
            yield path, verb, said


def found(part: Document) -> Document:
    """A part, or the shared one that it refers to."""
    while "$ref" in part:
        _, _, kind, name = part["$ref"].split("/")
        part = COMPONENTS[kind][name]
    return part


def test_each_operation_says_which_keys_may() -> None:
    keys = {f"{verb} {path}": said.get("x-keys", {}) for path, verb, said in operations()}
    for name, of, scopes in (
        ("get /needs", "municipality", ["read"]),
        ("post /needs", "municipality", ["write"]),
        ("get /people", "municipality", ["read", "personal"]),
        ("post /meetings", "association", ["write"]),
        ("get /imports", "association", ["read", "write"]),
        ("get /answers", "association", ["read", "personal"]),
        ("post /answers/{id}/need", "association", ["write", "personal"]),
    ):
        assert keys[name] == {"of": of, "scopes": scopes}, name
    for _, verb, said in operations():
        of = said.get("x-keys", {}).get("of")
        only = "Only the municipal association's keys" in said["description"]
        assert only is (of == "association"), (verb, said["operationId"])


def parameters() -> Iterator[tuple[str, Document]]:
    for path, verb, said in operations():
        for parameter in said.get("parameters", ()):
            yield f"{verb} {path}", found(parameter)


def answers() -> Iterator[tuple[str, str, Document]]:
    for path, verb, said in operations():
        for code, answer in said["responses"].items():
            yield f"{verb} {path}", code, found(answer)


def bodies() -> Iterator[tuple[str, str, Document]]:
    """Every body of every request and answer: where, media type, content."""
    for path, verb, said in operations():
        for kind, content in said.get("requestBody", {}).get("content", {}).items():
            yield f"{verb} {path}", kind, content
    for where, code, answer in answers():
        for kind, content in answer.get("content", {}).items():
            yield f"{where} {code}", kind, content


def test_the_saved_document_is_what_the_services_promise() -> None:
    assert SAVED.read_bytes() == openapi.document(), "write it anew: make openapi"


def test_it_is_openapi_3_1_by_the_standards_own_schema() -> None:
    # Addresses in it may be relative (3.1.1, 4.6), which that schema's formats do not know.
    judge = jsonschema_rs.Draft202012Validator(OPENAPI_31, validate_formats=False)
    assert [f"{one.instance_path} {one.message}" for one in judge.iter_errors(DOCUMENT)] == []


def test_the_house_shows_the_same_document(running: House) -> None:
    answer = running.api().read("/openapi.json")
    assert answer.json() == DOCUMENT
    again = running.api().read("/openapi.json", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_noun_is_listed_at_the_root(running: House) -> None:
    listed = {item["name"] for item in running.api().read("").json()["items"]}
    nouns = {noun_of(path) for path in DOCUMENT["paths"]}
    assert nouns - {"api-info", "keys"} == listed


def test_a_standard_is_asked_of_the_service_that_keeps_it(running: House) -> None:
    key = running.key().text
    assert running.api(key).read("/export/popolo").json()["organizations"] == []
    system = running.api(key).read("/export/oparl").json()
    assert system["id"].endswith("/api/v1/export/oparl")
    assert running.api(key).read("/export/oparl/meetings").json()["data"] == []
    for path in ("/export", "/export/other", "/import"):
        assert running.api(key).read(path).status_code == 404


def test_dok_who_how_and_within_what_limits() -> None:
    assert DOCUMENT["openapi"].startswith("3.")  # DOK.17
    assert DOCUMENT["externalDocs"].keys() == {"description", "url"}  # DOK.01
    for name in ("title", "version", "description"):  # DOK.03, DOK.07, DOK.11
        assert INFO[name]
    assert INFO["contact"].keys() >= {"name", "url", "email"}
    assert INFO["license"].keys() >= {"name", "url"}
    swedish, english = INFO["description"].split("\n\n")  # DOK.06
    assert "behov" in swedish
    assert "needs" in english
    assert INFO["x-sla"].keys() >= {"availability", "responseTime", "support"}  # DOK.08
    assert INFO["termsOfService"]
    assert re.search("begränsning|limit", INFO["description"])  # DOK.09
    assert INFO["x-limitations"]


@cache
def validator(schema: bytes) -> Any:
    """What judges values; a schema, and all that it may refer to, is compiled once."""
    return jsonschema_rs.validator_for(orjson.loads(schema) | {"components": COMPONENTS})


def test_dok_15_every_body_has_an_example_that_its_schema_takes() -> None:
    bare, wrong = [], []
    for where, kind, content in bodies():
        examples = content.get("examples", {})
        if not examples:
            bare.append(f"{where} {kind}")
        judge = validator(orjson.dumps(content["schema"]))
        for example in examples.values():
            for error in judge.iter_errors(found(example)["value"]):
                wrong.append(f"{where} {kind}: {error.instance_path} {error.message}")
    assert bare == []
    assert wrong == []


def test_dok_19_and_20_everything_is_described() -> None:
    for told in ("summary", "description"):
        assert [f"{verb} {path}" for path, verb, said in operations() if not said[told]] == []
    assert [f"{w} {code}" for w, code, answer in answers() if not answer.get("description")] == []
    assert [f"{w} {one['name']}" for w, one in parameters() if " " not in one["description"]] == []


def test_every_answer_has_its_shape() -> None:
    assert [f"{where} {kind}" for where, kind, content in bodies() if not content["schema"]] == []


def test_res_and_ufn_addresses() -> None:
    assert DOCUMENT["servers"] == [{"url": "/api/v1"}]  # VER.05, UFN.01
    part = r"[a-z0-9]+(-[a-z0-9]+)*|\{[a-z]+\}"  # RES.06, UFN.07-09
    wrong = [path for path in DOCUMENT["paths"] if not re.fullmatch(rf"(/({part}))+", path)]
    assert wrong == []
    named = {one["name"] for _, one in parameters()}
    assert not {name for name in named if re.search("pnr|personnummer|ssn", name)}  # RES.02


def test_ame_json_in_snake_case() -> None:
    wrong = []
    for name, schema in COMPONENTS["schemas"].items():
        fields = () if name in PROFILE_NAMES else schema.get("properties", {})
        wrong += [f"{name}.{f}" for f in fields if not re.fullmatch("[a-z][a-z0-9_]*", f)]
    assert wrong == []
    for path, verb, said in operations():  # AME.01, AME.02, FOR.02
        kinds = set(said.get("requestBody", {}).get("content", {}))
        assert verb != "get" or not kinds, path
        assert kinds <= {"application/json"} or "application/json" in kinds, path


def test_ame_07_lists_are_named_in_the_plural() -> None:
    wrong = []
    for name, schema in COMPONENTS["schemas"].items():
        for field, said in schema.get("properties", {}).items():
            if said.get("type") == "array" and not _plural(field):
                wrong.append(f"{name}.{field}")
    assert wrong == []


# "What is", in one word: the list of those first, said, saved and so on; `data` is OParl's.
WITHOUT_S = {"agenda", "behind", "data", "criteria", "first", "gap_between", "people", "said"}
WITHOUT_S |= {"saved", "silent", "swot", "unjudged", "unweighed"}
WITHOUT_S |= {"between", "only_after", "only_before", "outside", "spread"}


def _plural(name: str) -> bool:
    return name.endswith("s") or name in WITHOUT_S


def test_fel_every_failure_is_a_problem() -> None:
    for path, _verb, said in operations():
        assert "default" in said["responses"], path
    for where, code, answer in answers():
        if code == "default" or int(code) >= 400:
            assert list(answer["content"]) == [PROBLEM], f"{where} {code}"
    fields = COMPONENTS["schemas"]["ProblemBody"]["properties"]
    assert fields.keys() >= {"type", "title", "status", "detail", "instance"}


def test_fns_lists_are_asked_alike() -> None:
    for where, one in parameters():
        if one["in"] == "query":
            assert re.fullmatch("[a-z][a-z0-9_]*", one["name"]), where  # FNS.01, FNS.03, FNS.06
    for path, verb, said in operations():
        asked = {found(one)["name"]: found(one) for one in said.get("parameters", ())}
        if verb == "get" and "page" in asked:  # FNS.07-09
            assert asked["page"]["schema"]["minimum"] == asked["page"]["schema"]["default"] == 1
            assert asked["limit"]["schema"]["default"] == 20, path


def test_sak_keys_in_headers_and_oauth() -> None:
    schemes = COMPONENTS["securitySchemes"]
    assert schemes["bearer"]["scheme"] == "bearer"  # SAK.10, SAK.16
    assert not [one for one in schemes.values() if one.get("in") == "query"]  # SAK.15
    assert not [one for one in schemes.values() if one.get("scheme") in {"basic", "digest"}]
    assert "clientCredentials" in schemes["oauth2"]["flows"]  # SAK.18
    for path, _verb, said in operations():
        assert said["security"] or path == "/api-info", path


def test_ver_06_api_info(running: House) -> None:
    told = running.api().read("/api-info").json()
    required = COMPONENTS["schemas"]["ApiInfo"]["required"]
    assert list(told) == required
    assert re.fullmatch(r"\d+\.\d+\.\d+", told["apiVersion"])


def test_names_are_given_once() -> None:
    names = [said["operationId"] for _, _, said in operations()]
    assert len(names) == len(set(names))


def test_what_is_internal_is_not_told() -> None:
    nouns = {path.split("/")[1] for path in DOCUMENT["paths"]}
    assert not nouns & {"feed", "batch", "healthz", "readyz", "openapi.json"}


def test_two_services_may_use_the_same_name() -> None:
    name = "Kind"

    def service(noun: str, *codes: str) -> Document:
        schema = {"$ref": f"#/components/schemas/{name}"}
        done = {"200": {"description": "x", "content": {"application/json": {"schema": schema}}}}
        said = {"summary": "x", "responses": done, "tags": [noun]}
        kinds = {"type": "string", "enum": list(codes)}
        return {"paths": {f"/{noun}": {"get": said}}, "components": {"schemas": {name: kinds}}}

    whole = merged({"actors": service("a", "x"), "councils": service("b", "y")})
    schemas = whole["components"]["schemas"]
    assert (schemas[name]["enum"], schemas[f"Councils{name}"]["enum"]) == (["x"], ["y"])
    content = whole["paths"]["/b"]["get"]["responses"]["200"]["content"]["application/json"]
    assert content["schema"]["$ref"].endswith(f"/Councils{name}")


def test_no_draft_may_be_sent_with_unknown_fields() -> None:
    sent = {content["schema"]["$ref"] for where, _, content in bodies()
            if where.count(" ") == 1 and "$ref" in content["schema"]}  # fmt: skip
    for reference in sent:
        assert found({"$ref": reference}).get("additionalProperties") is False, reference
    assert Draft.model_config["extra"] == "forbid"
