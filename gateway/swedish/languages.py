"""Languages that education here is given in, by ISO 639; any other is shown by its code."""

LANGUAGES = {
    "sv": "svenska",
    "en": "engelska",
    "ar": "arabiska",
    "prs": "dari",
    "fi": "finska",
    "ku": "kurdiska",
    "fa": "persiska",
    "pl": "polska",
    "ro": "rumänska",
    "so": "somaliska",
    "es": "spanska",
    "swl": "svenskt teckenspråk",
    "ti": "tigrinja",
    "uk": "ukrainska",
}


def language(code: str) -> str:
    """What a language is called."""
    return LANGUAGES.get(code, code)


def languages_with(codes: list[str]) -> list[tuple[str, str]]:
    """The options of a field, with those already chosen among them."""
    return [*LANGUAGES.items(), *((code, code) for code in codes if code not in LANGUAGES)]
