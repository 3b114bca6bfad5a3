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
    (
        "occupation_codes",
        "string_pattern_mismatch",
    ): "Ange varje yrke med fyra siffror enligt SSYK 2012, med komma mellan.",
    ("occupation_code", "unreadable"): "Inget yrke heter så. Prova en annan del av namnet.",
    (
        "occupation_codes",
        "several_occupations",
    ): "Namnet stämmer på flera yrken. Kryssa för dem du menar.",
    ("sun_code", "string_pattern_mismatch"): "Ange inriktningen som i SUN 2020, till exempel 543c.",
    ("municipality_code", "string_pattern_mismatch"): "Ange kommunkoden med fyra siffror.",
    ("email", "taken"): "E-postadressen används redan av en annan användare.",
    ("email", "string_pattern_mismatch"): "Ange e-postadressen, till exempel namn@exempel.se.",
    ("website", "string_pattern_mismatch"): "Ange webbadressen, den ska börja med https://.",
    ("password", "string_too_short"): "Välj ett lösenord med minst {limit} tecken.",
    ("present", "wrong_password"): "Lösenordet du har nu stämmer inte.",
    (
        "roles",
        "last_administrator",
    ): "Ge först någon annan rollen som administratör.",
    ("password", "common_password"): "Lösenordet är för vanligt. Välj ett annat.",
    ("password_again", "differs"): "Skriv samma lösenord två gånger.",
    ("forms", "only_commissions"): "Utbildningsformer anges bara när aktören ger ett uppdrag.",
    ("valid_to", "empty_period"): "Slutdatumet ska vara senare än startdatumet.",
    ("ends_on", "empty_period"): "Slutdatumet ska vara senare än startdatumet.",
    ("ends_at", "empty_period"): "Sluttiden ska vara senare än starttiden.",
    ("supersedes_id", "taken"): "Beslutet är redan ersatt av ett annat.",
    (
        "readiness_exception",
        "not_assessed",
    ): "Aktörens förutsättningar är inte bedömda. Skriv varför den ändå får en plats, "
    "eller bedöm dem först.",
    (
        "readiness_exception",
        "outdated",
    ): "Bedömningen av aktörens förutsättningar är äldre än 12 månader den dagen. Skriv varför "
    "den ändå får en plats, eller bedöm på nytt först.",
    (
        "readiness_exception",
        "not_ready",
    ): "Vilja, drivkraft eller förmåga är bedömd som 1. Skriv varför aktören ändå får en plats.",
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
    "empty_period": "Slutet ska vara senare än början.",
    "identity_number": "Ta bort personnumret i {label}. Personnummer ska inte finnas här.",
    "repeated": "Ta med samma sak bara en gång i {label}.",
    "same": "Välj två olika.",
    "one_of_two": "Fyll i det ena eller det andra, inte båda.",
    "at_least_one": "Fyll i minst ett av fälten för plats och länk.",
    "more_than_all": "{label} kan inte vara fler än hela gruppen. Jämför talen.",
    "one_side": "Välj minst två parter som glappet står mellan.",
    "leads": "Den som leder ska inte också stå som medverkande.",
    "circle": "Det går inte att hänvisa till sig själv.",
    "in_the_future": "{label} kan inte vara en dag som inte har kommit.",
    "too_early": "{label} är för tidigt. Välj ett senare datum.",
    "too_late": "{label} är för sent. Välj ett tidigare datum.",
    "differs": "Skriv samma sak två gånger.",
    "unreadable": "Det går inte att läsa {label}.",
    "unreadable_file": "Filen går inte att läsa in. Rätta den på raden och i kolumnen som anges.",
    "unknown_file": "Ingen känner igen filens kolumner. Ange vilken källa den kommer från.",
    "unknown_column": "Källan har ingen sådan kolumn.",
    "unknown_indicator": "Det finns ingen sådan indikator.",
    "unknown_sort": "Listan går inte att sortera så.",
    "not_periodic": "Listan går inte att visa för ett annat datum.",
    "fixed": "{label} går inte att ändra i efterhand.",
    "required": "Fyll i {label}.",
    "equality_check_due": "Skriv jämställdhetskontrollen, för yrket har mindre än 40 % av ett kön.",
    "readiness_unknown": "Det går inte att se om aktören är bedömd just nu. Skriv varför den får "
    "en plats, eller försök igen om en stund.",
    "not_an_org_number": "Kontrollera organisationsnumret. Det ska ha tio siffror.",
    "not_all": "Ta med varje punkt på dagordningen.",
    "empty": "Det finns inget att gå vidare med ännu. Fyll i något först.",
    "published": "Det är publicerat och går inte att ändra. Gör en ny utgåva.",
    "not_published": "Välj en utgåva som är publicerad.",
    "locked": "Protokollet är justerat och går inte att ändra.",
    "not_held": "Mötet är inte genomfört ännu.",
    "cancelled": "Mötet är inställt.",
    "closed": "Det är avslutat. Öppna det igen först.",
    "not_closed": "Det är inte avslutat.",
    "needs_open": "Målet är inte nått än. Rådet har {limit}.",
    "not_first": "Börja med en annan fas. Ett råd läggs ned efter att det har funnits.",
    "use_move": "Byt fas med knappen för det, så att dagen kommer med.",
    "use_close": "Lägg ned rådet på sidan för det, så att skäl och resultat kommer med.",
    "wrong_phase": "Rådet kan inte gå till den fasen nu.",
    "wrong_status": "Det går inte att göra i det läge som gäller nu. Ladda om sidan.",
    "replaced": "Det finns andra behov i stället för det här.",
    "done": "Det är redan klart.",
    "not_done": "Det är inte klart, så det finns inget att ångra.",
    "no_next_step": "Kontakten har inget nästa steg.",
    "other_actor": "Befattningen hör till en annan aktör.",
    "no_outcome": "Skriv en effekt, eller varför det inte finns någon.",
    "no_consent": "Fyll i samtycket först.",
    "withdraw_instead": "Återta samtycket i stället, så att svaren glöms.",
    "other_council": "Det hör till ett annat råd.",
    "other_meeting": "Det hör till ett annat möte.",
    "other_municipality": "Det hör till en annan kommun.",
    "reused": "Det du skickade först är sparat. Det som står här nu är inte sparat. "
    "Spara igen om du vill göra en till.",
    "left_already": "Personen eller aktören har redan lämnat.",
    "not_withdrawn": "Aktören har inte lämnat samverkan.",
    "merged": "Aktören är sammanslagen med en annan. Välj den den lever vidare i.",
    "not_merged": "Aktören är inte sammanslagen.",
    "same_day": "Ställningen före började samma dag. Välj en senare dag.",
    "later_standing": "En senare ställning finns redan. Ångra den först, eller välj en senare dag.",
    "not_newest": "Bara den senaste ställningen går att ångra. Ångra den som kom efter först.",
    "one_holder": "Välj en innehavare: en aktör, en befattning eller ett råd.",
    "not_https": "Skriv {label} som text, eller som en länk som börjar med https://.",
    "no_end": "Mandatet har inget slut att förnya från. Skriv slutdatum först.",
    "renewed_already": "Mandatet är redan förnyat.",
    "no_posts": "Personen har ingen befattning att lämna den dagen.",
    "several_occupations": "Namnet stämmer på flera yrken. Välj det du menar.",
    "no_occupation": "Inget yrke heter så. Prova en annan del av namnet.",
    "unknown_occupation": "Koden finns inte i SSYK 2012. Skriv yrkets namn i stället.",
    "occupations_away": "Yrkesnamn går inte att söka just nu. Skriv koden med fyra siffror.",
    "feed_diverged": "Det gick inte att läsa ändringarna.",
}

# Sentences for problems that stand at no field.
WHOLE = {
    "malformed": "Det gick inte att läsa uppgifterna. Försök igen.",
    "forbidden": "Du har inte behörighet att göra det här.",
    "not_found": "Det du ändrar finns inte längre.",
    "conflict": "Det går inte att göra just nu, för läget har ändrats.",
    "stale": "Någon annan har ändrat uppgifterna medan du skrev. Det du skrev är inte sparat, "
    "men det står kvar. Jämför och spara igen.",
    "too_large": "Det är för stort för att tas emot.",
    "rejected": "Något i formuläret går inte att spara.",
    "throttled": "Det blev för många försök. Vänta en stund och försök igen.",
    "unavailable": "Det gick inte att spara just nu. Försök igen om en stund.",
    "wrong_sign_in": "E-postadressen eller lösenordet stämmer inte.",
    "last_administrator": "Ge först någon annan rollen som administratör.",
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
