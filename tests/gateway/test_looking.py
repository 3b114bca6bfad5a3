"""That looking at pages finds what is wrong with them, however many were looked at before."""

import html5lib
import pytest

from tests.gateway.conftest import Browser
from tests.gateway.looking import check_nesting

WRONG = {
    "a part that is not closed": ("</section>", ""),
    "a part closed twice": ("</main>", "</main></main>"),
    "parts closed crosswise": ("</h1>", "</main></h1><main>"),
    "a letter that is none": ("</h1>", "&nothing;</h1>"),
    "an attribute twice": ("<main", '<main class="a" class="b"'),
}


@pytest.mark.parametrize("what", WRONG)
async def test_a_page_that_does_not_nest_is_found(browser: Browser, what: str) -> None:
    text = (await browser.get("/_galleri")).answer.text
    assert WRONG[what][0] in text
    check_nesting(text)
    with pytest.raises(html5lib.html5parser.ParseError):
        check_nesting(text.replace(*WRONG[what], 1))
    check_nesting(text)
