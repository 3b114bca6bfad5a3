"""At fields: sentences for one field and error code, where the code alone says too little."""

from gateway.swedish.languages import LANGUAGES

# A sentence for one field and code goes before the code's own. {label} becomes the field's label
# in quotation marks, {limit} the limit that was passed.
FIELD_SENTENCES = {
    ("candidates", "too_short"): "Skriv minst {limit} kandidater.",
    ("candidates", "too_long"): "Skriv högst {limit} kandidater.",
    ("criteria", "too_long"): "Skriv högst {limit} kriterier.",
    ("change_reason", "missing"): "Urvalet är beslutat. Skriv ett nytt skäl till ändringen.",
    ("org_number", "taken"): "Organisationsnumret finns redan hos en annan aktör.",
    ("org_number", "string_pattern_mismatch"): "Ange organisationsnumret med tio siffror.",
    ("occupation_code", "string_pattern_mismatch"): "Ange yrket med fyra siffror enligt SSYK 2012.",
    (
        "occupation_codes",
        "string_pattern_mismatch",
    ): "Ange varje yrke med fyra siffror enligt SSYK 2012, med komma mellan.",
    (
        "another",
        "likely_same",
    ): "Aktören kan finnas redan. Välj den, eller kryssa i att det är en annan.",
    ("starts_at", "too_early"): "Rådet sammankallas i dag. Välj i dag eller en senare dag.",
    ("closed", "told_twice"): "Dagen säger redan att den är avslutad. Töm dagen eller rutan.",
    ("times", "too_late"): "Den sista avstämningen skulle vara efter år 2200. Välj färre.",
    ("starts_at", "too_late"): "Rådet har upphört då. Välj rådets sista dag eller en tidigare.",
    ("occupation_code", "unreadable"): "Inget yrke heter så. Prova en annan del av namnet.",
    (
        "occupation_codes",
        "several_occupations",
    ): "Namnet stämmer på flera yrken. Kryssa för dem du menar.",
    ("sun_code", "string_pattern_mismatch"): "Ange inriktningen som i SUN 2020, till exempel 543c.",
    (
        "municipality_code",
        "string_pattern_mismatch",
    ): "Ange kommunkoden med fyra siffror, varav två är länets.",
    ("sni_codes", "string_pattern_mismatch"): "Ange SNI-koden med två till fem siffror, till "
    "exempel 31010.",
    ("languages", "string_pattern_mismatch"): "Skriv språken med komma eller ”och” mellan: "
    f"{', '.join(LANGUAGES.values())}. Andra språk skrivs med sin kod enligt ISO 639, till "
    "exempel de för tyska.",
    ("phone", "string_pattern_mismatch"): "Ange telefonnumret med siffror, till exempel "
    "070-123 45 67. Skriv annat i anteckningen.",
    ("starts_on", "date_from_datetime_parsing"): "Skriv {label} som en dag, till exempel "
    "2027-01-15. Är bara terminen känd, skriv den: HT 2027.",
    ("ends_on", "date_from_datetime_parsing"): "Skriv {label} som en dag, till exempel "
    "2027-06-04. Är bara terminen känd, skriv den: VT 2027.",
    ("pace", "int_parsing"): "Skriv {label} i procent av heltid, till exempel 50.",
    ("weeks", "int_parsing"): "Skriv {label} som ett antal veckor, till exempel 40.",
    ("sheet", "file_empty"): "Bladet är tomt. Välj ett annat.",
    ("sheet", "file_no_rows"): "Bladet har inga rader under rubrikerna. Välj ett annat.",
    ("person_id", "same"): "Välj en annan person: den här har befattningen redan någon av de "
    "dagarna, själv eller som vikarie.",
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
    ("standing_from", "some_day"): "Skriv {label} som ett datum i filen, eller skriv dess år där "
    "och välj radens eget år i steget före.",
    ("valid_to", "some_day"): "Skriv {label} som ett datum i filen, eller skriv dess år där och "
    "välj radens eget år i steget före.",
    ("valid_to", "empty_period"): "Slutdatumet ska vara senare än startdatumet.",
    ("needed_by", "empty_period"): "Välj dagen då larmet kom, eller en senare.",
    ("ends_on", "empty_period"): "Slutdatumet ska vara senare än startdatumet.",
    (
        "to_year",
        "empty_period",
    ): "Till och med år ska vara samma som Från och med år, eller senare.",
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
    (
        "actor_id",
        "same",
    ): "Välj en annan aktör, eller en befattning när ni talade inom samma aktör.",
    ("actor_id", "taken"): "Aktören är redan på väg att kopplas på för behovet.",
    ("actor_id", "actor_gone"): "Aktören hade lämnat samverkan då.",
    ("connected_on", "actor_gone"): "Aktören hade lämnat samverkan den dagen.",
    ("need_id", "need_over"): "Behovet är tillgodosett eller avskrivet. Ingen kopplas på till det.",
    ("pledge_id", "other_actor"): "Bidraget hör till en annan aktör.",
    ("seat_id", "other_actor"): "Platsen är en annan aktörs.",
    ("initiative_id", "other_actor"): "Aktören varken leder eller medverkar i initiativet.",
    (
        "seat_id",
        "missing",
    ): "Välj genom vad: en plats, ett initiativ eller ett bidrag.",
    ("minority_share", "less_than_equal"): "{label} ska vara högst 0,5. Skriv 0,25 för 25 procent.",
    ("verdicts", "unavailable"): "Bedömningarna går inte att hämta just nu. Spara utan dem, eller "
    "försök igen om en stund.",
    (
        "verdicts",
        "long_ago",
    ): "Beslutet fattades för mer än 14 dagar sedan. Bedömningarna görs med det som är känt i dag, "
    "och kan inte ligga till grund för det. Ta bort krysset, och skriv själv in det som mötet "
    "utgick från.",
    (
        "need_ids",
        "before_identified",
    ): "Ett av behoven upptäcktes efter den dag då beslutet fattades. Ta bort det, eller rätta "
    "dagen.",
    (
        "identified_on",
        "decided_earlier",
    ): "Något beslutades om behovet före den dagen. Välj den dagen eller en tidigare.",
    (
        "initiative_id",
        "closed",
    ): "Initiativet är avslutat. Återuppta det först.",
    (
        "meeting_id",
        "cancelled",
    ): "Mötet är inställt. Välj ett annat möte.",
    ("verdicts", "none_found"): "Välj minst ett behov som har en bedömning, eller ta bort krysset.",
    ("dialogue_map_id", "in_use"): "Intervjun har svar på kartans frågor. Behåll dialogkartan.",
    (
        "need_ids",
        "merged",
    ): "Ett av behoven är sammanslaget med ett annat. Välj det som det lever vidare i.",
    (
        "meeting_id",
        "too_early",
    ): "Mötet hölls före det som fattade beslutet. Välj ett senare möte.",
    ("from_time", "string_pattern_mismatch"): "Skriv klockslaget som 09:00.",
    ("shift_days", "in_the_past"): "Något möte skulle hamna i tid som har varit. Flytta färre "
    "dagar bakåt, eller välj en senare dag i ”Från och med”.",
    ("shift_days", "before_council"): "Något möte skulle hamna före rådets första dag. Flytta "
    "färre dagar bakåt, eller ändra först när rådet börjar.",
    ("shift_days", "after_council"): "Något möte skulle hamna efter rådets sista dag. Flytta "
    "färre dagar framåt, eller ändra först när rådet slutar.",
    ("to_time", "string_pattern_mismatch"): "Skriv klockslaget som 09:00.",
    ("until", "at_least_one"): "Fyll i ”Till och med” eller ”Antal möten”, eller båda.",
    ("from_on", "closed"): "Rådet är nedlagt, och dess möten ändras inte längre.",
    ("held_on", "in_the_future"): "Samtalet har inte hållits än.",
    ("answer_ids", "in_the_future"): "Ett av svaren hör till ett samtal som inte har hållits än.",
    ("answer_ids", "no_consent"): "Ett av svaren får inte användas: samtycket saknas, eller är "
    "återtaget.",
    ("starts_at", "in_the_future"): "Det har redan hållits, så det kan inte börja senare än nu.",
    ("attended", "in_the_future"): "Mötet har inte hållits. Skriv vad den bjudna har svarat.",
    ("need_ids", "split"): "Ett av behoven är delat. Välj dem som det lever vidare i.",
    (
        "need_ids",
        "dropped",
    ): "Ett av behoven är avskrivet. Öppna det igen först, eller ta bort det.",
    ("page", "unreadable"): "Adressen går till en del av listan som inte finns.",
    ("kvar", "unreadable"): "Adressen går till en del av listan som inte finns.",
    ("rattat", "unreadable"): "Adressen går till en del av listan som inte finns.",
    ("after", "unreadable"): "Adressen går till en del av listan som inte finns.",
    ("sort", "unreadable"): "Listan går inte att sortera så.",
    ("valda", "unreadable"): "Adressen väljer kommuner på ett sätt som inte finns.",
    ("rater_actor_id", "other_actor"): "Bara relationens två aktörer skattar den.",
    ("rated_on", "taken"): "Aktören har redan skattat relationen den dagen. Ändra den skattningen, "
    "eller välj en annan dag.",
    ("rated_on", "too_early"): "Relationen hade inte börjat då. Välj dess första dag eller en "
    "senare.",
    ("rated_on", "too_late"): "Relationen hade upphört då. Välj en dag medan den gällde.",
    (
        "valid_from",
        "rated",
    ): "Relationen är skattad en dag som då faller utanför, eller av en annan aktör. Ändra eller "
    "ta bort den skattningen först.",
    (
        "post_title",
        "overlap",
    ): "Någon har redan befattningen då. Avsluta det innehavet först, eller rätta dagarna eller "
    "befattningen.",
    ("actor_name", "unknown_reference"): "Ingen aktör heter så eller har det numret. Skriv den som "
    "i registret, eller lägg upp aktören först.",
    (
        "actor_org_number",
        "unknown_reference",
    ): "Ingen aktör har det organisationsnumret. Rätta det, eller lägg upp aktören först.",
    ("thing_id", "taken"): "Någon tar redan hand om det. Läs listan igen.",
    ("valid_from", "overlap"): "Perioden går in i en annan period. Välj ett annat startdatum.",
}
