"""Problems in Swedish: a sentence for every error code, which says what to do about it."""

ANYWHERE = ""
THIS_FIELD = "det här fältet"

# A sentence for one field and code goes before the code's own. {label} becomes the field's label
# in quotation marks, {limit} the limit that was passed.
FIELD_SENTENCES = {
    ("org_number", "taken"): "Organisationsnumret finns redan hos en annan aktör.",
    ("org_number", "checksum"): "Kontrollera organisationsnumret, sista siffran stämmer inte.",
    ("org_number", "string_pattern_mismatch"): "Ange organisationsnumret med tio siffror.",
    ("occupation_code", "string_pattern_mismatch"): "Ange yrket med fyra siffror enligt SSYK 2012.",
    ("municipality_code", "string_pattern_mismatch"): "Ange kommunkoden med fyra siffror.",
    ("email", "taken"): "E-postadressen används redan av en annan användare.",
    ("email", "string_pattern_mismatch"): "Ange e-postadressen, till exempel namn@exempel.se.",
    ("website", "string_pattern_mismatch"): "Ange webbadressen, den ska börja med https://.",
    ("password", "string_too_short"): "Välj ett lösenord med minst {limit} tecken.",
    ("present", "wrong_password"): "Lösenordet du har nu stämmer inte.",
    ("roles", "last_administrator"): "Någon måste vara administratör. Ge först rollen till en till.",
    ("password", "common_password"): "Lösenordet är för vanligt. Välj ett annat.",
    ("password_again", "differs"): "Skriv samma lösenord två gånger.",
    ("mandate", "taken"): "Mandatet är redan tillsatt.",
    ("valid_to", "empty_period"): "Slutdatumet ska vara senare än startdatumet.",
    ("valid_from", "overlap"): "Perioden går in i en annan period. Välj ett annat startdatum.",
}

SENTENCES = {
    "missing": "Fyll i {label}.",
    "string_too_short": "Fyll i {label}.",
    "none_required": "Lämna {label} tomt.",
    "string_too_long": "Korta {label} till högst {limit} tecken.",
    "string_type": "Skriv {label} som text.",
    "string_pattern_mismatch": "Kontrollera hur {label} är skrivet.",
    "int_parsing": "Skriv {label} som ett heltal, till exempel 12.",
    "int_from_float": "Skriv {label} som ett heltal, till exempel 12.",
    "int_type": "Skriv {label} som ett heltal, till exempel 12.",
    "float_parsing": "Skriv {label} som ett tal, till exempel 3,5.",
    "decimal_parsing": "Skriv {label} som ett tal, till exempel 1 250,50.",
    "decimal_max_places": "Skriv {label} med högst två decimaler.",
    "decimal_max_digits": "Talet i {label} är för stort.",
    "decimal_whole_digits": "Talet i {label} är för stort.",
    "finite_number": "Skriv {label} som ett tal.",
    "greater_than_equal": "{label} ska vara {limit} eller mer.",
    "greater_than": "{label} ska vara mer än {limit}.",
    "less_than_equal": "{label} ska vara {limit} eller mindre.",
    "less_than": "{label} ska vara mindre än {limit}.",
    "bool_parsing": "Välj ja eller nej för {label}.",
    "date_parsing": "Skriv {label} som ett datum, till exempel 2026-11-26.",
    "date_from_datetime_parsing": "Skriv {label} som ett datum, till exempel 2026-11-26.",
    "date_type": "Skriv {label} som ett datum, till exempel 2026-11-26.",
    "datetime_parsing": "Skriv {label} som datum och tid, till exempel 2026-11-26 13.00.",
    "datetime_from_date_parsing": "Skriv {label} med datum och tid, till exempel 2026-11-26 13.00.",
    "timezone_aware": "Skriv {label} som datum och tid, till exempel 2026-11-26 13.00.",
    "time_parsing": "Skriv {label} som en tid, till exempel 13.00.",
    "year_out_of_range": "Kontrollera året i {label}.",
    "enum": "Välj ett av alternativen för {label}.",
    "literal_error": "Välj ett av alternativen för {label}.",
    "uuid_parsing": "Välj {label} i listan.",
    "uuid_type": "Välj {label} i listan.",
    "url_parsing": "Ange {label} som en webbadress som börjar med https://.",
    "too_long": "Välj högst {limit} för {label}.",
    "too_short": "Välj minst {limit} för {label}.",
    "list_type": "Välj {label} i listan.",
    "extra_forbidden": "Uppgiften tas inte emot här.",
    "control_character": "Ta bort tecken som inte går att läsa i {label}.",
    "too_deep": "Uppgiften går inte att läsa.",
    "unknown_reference": "Det du valde för {label} finns inte längre. Välj på nytt.",
    "taken": "{label} används redan. Ange något annat.",
    "overlap": "{label} krockar med något som redan finns för samma tid.",
    "in_use": "Det går inte att ta bort, för annat i systemet hänvisar hit.",
    "not_allowed_value": "Kontrollera {label}, värdet går inte att spara.",
    "out_of_range": "Något av värdena är för stort eller för litet.",
    "empty_period": "Slutdatumet ska vara senare än startdatumet.",
}

# Sentences for problems that stand at no field.
WHOLE = {
    "malformed": "Det gick inte att läsa uppgifterna. Försök igen.",
    "forbidden": "Du har inte behörighet att göra det här.",
    "not_found": "Det du ändrar finns inte längre.",
    "conflict": "Det går inte att göra just nu, för läget har ändrats.",
    "stale": "Någon annan har ändrat uppgifterna medan du skrev. Läs igenom och spara igen.",
    "too_large": "Det är för stort för att tas emot.",
    "rejected": "Något i formuläret går inte att spara.",
    "throttled": "Det blev för många försök. Vänta en stund och försök igen.",
    "unavailable": "Det gick inte att spara just nu. Försök igen om en stund.",
    "wrong_sign_in": "E-postadressen eller lösenordet stämmer inte.",
    "last_administrator": "Någon måste vara administratör. Ge först rollen till en till.",
    "internal": "Något gick fel hos oss. Försök igen.",
}


def sentence(code: str, field: str = "", *, limit: object = "") -> str:
    """What to do about an error; still has {label}, for the page knows the field's label."""
    short = field.rpartition(".")[2]
    found = FIELD_SENTENCES.get((short, code)) or SENTENCES.get(code)
    if found is None:
        found = WHOLE.get(code, "Kontrollera {label}." if field else WHOLE["rejected"])
    return found.replace("{limit}", str(limit))


def with_label(text: str, label: str | None) -> str:
    """The sentence with the field's label in it, starting with a capital letter."""
    named = text.replace("{label}", f"”{label.rstrip(': ')}”" if label else THIS_FIELD)
    return named[:1].upper() + named[1:]
