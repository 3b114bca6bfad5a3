"""A client that asks too often is told to wait, and for how long."""

from collections.abc import Iterator

import pytest

from tests.conftest import Databases
from tests.wire.running import INSIDE, House, house


@pytest.fixture(scope="module")
def hurried(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house where a client may ask three times a minute."""
    folder = tmp_path_factory.mktemp("house")
    with house(databases, folder, INSIDE, requests_per_minute=3) as found:
        yield found


def test_three_and_no_more(hurried: House) -> None:
    api = hurried.api(hurried.key().text)
    answers = [api.read("/actors") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    left = [answer.headers["ratelimit-remaining"] for answer in answers]
    assert left == ["2", "1", "0", "0"]
    last = answers[-1]
    assert last.headers["ratelimit-limit"] == "3"
    assert 1 <= int(last.headers["retry-after"]) <= 20
    assert last.headers["content-type"] == "application/problem+json"
    assert hurried.api(hurried.key().text).read("/actors").status_code == 200
