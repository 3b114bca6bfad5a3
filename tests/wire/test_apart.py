"""What the API says while a part of the house is away, and of bodies without a length."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from gateway.app import create_app
from operations.house import app_of
from tests.conftest import Databases
from tests.wire.running import House, each_of, served

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def without_analysis(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house whose analysis does not answer."""
    each = each_of(databases, tmp_path_factory.mktemp("house"))
    with ExitStack() as stack:
        urls = {
            f"{name}_urls": stack.enter_context(served(app_of(name, each[name])))
            for name in ("actors", "councils")
        }
        settings = each["gateway"].model_copy(update={**urls, "analysis_urls": NOWHERE})
        app = create_app(settings)
        found = House(stack.enter_context(served(app)), "wire", settings, app)
        yield found
        found.close()


def test_the_rest_of_the_house_answers(without_analysis: House) -> None:
    api = without_analysis.api(without_analysis.key().text)
    assert api.read("/actors").status_code == 200
    assert api.read("/openapi.json").status_code == 200
    for path in ("/unheard-of", "", "/changes"):
        answer = api.read(path)
        assert answer.status_code == 503, path
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) > 0


def test_a_body_without_a_length_is_counted_as_it_comes(running: House) -> None:
    api = running.api(running.key("1472").text)
    json = {"Content-Type": "application/json"}
    company = b'{"name": "Exempelf\xc3\xb6retag 1", "kind": "company"}'
    made = api.send_to("POST", "/actors", content=iter([company[:9], company[9:]]), headers=json)
    assert (made.status_code, made.json()["name"]) == (201, "Exempelföretag 1")
    large = (b"a" * 65_536 for _ in range(40))
    answer = api.send_to("POST", "/actors", content=large, headers=json)
    assert (answer.status_code, answer.json()["status"]) == (413, 413)
