"""Problems in Swedish: a sentence for every error code, which says what to do about it."""

from decimal import Decimal

from gateway.swedish.at_fields import FIELD_SENTENCES

ANYWHERE = ""
THIS_FIELD = "det här fältet"

SENTENCES = {
    "separator": "Filens fält ska skiljas åt av kommatecken.",
    "missing": "Fyll i {label}.",
    "string_too_short": "Fyll i hela {label}. Det är för kort.",
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
    "line_break": "Skriv {label} på en enda rad.",
    "nul": "Texten innehåller ett tecken som inte kan sparas. Tecknet är borttaget. Läs igenom och "
    "spara igen.",
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
    "one_or_several": "Välj en kommun eller flera, inte båda.",
    "one_of_several": "Välj minst två kommuner, eller skriv hur många de är.",
    "fewer_than_named": "Skriv minst så många kommuner som du har valt.",
    "at_least_one": "Fyll i minst ett av fälten för plats och länk.",
    "more_than_all": "{label} kan inte vara fler än hela gruppen. Jämför talen.",
    "one_side": "Välj minst två parter som glappet står mellan.",
    "leads": "Den som leder ska inte också stå som medverkande.",
    "circle": "Det går inte att hänvisa till sig själv.",
    "in_the_future": "{label} kan inte vara en dag som inte har kommit.",
    "after_decision": "{label} kan inte vara efter den dag då beslutet fattades.",
    "before_decision": "Beslutet som det vilar på fattades senare. Välj den dagen eller en senare.",
    "decided_earlier": "Mötet har beslutat något en tidigare dag. Välj den eller en tidigare.",
    "after_closing": "Rådet var nedlagt den dagen. Välj en tidigare dag.",
    "worked_later": "Rådet höll möte, fattade beslut eller fick ett behov senare än så. Välj "
    "en senare dag.",
    "before_council": "Rådet började senare än så. Välj dagen då det började eller en senare.",
    "seats_begin_earlier": "En plats i rådet började före den dagen. Välj en tidigare dag.",
    "before_asked": "Mötet eller beslutet som bad om det var senare. Välj en senare dag.",
    "before_meeting": "Mötet hölls senare än så. Välj mötets dag eller en senare.",
    "too_early": "{label} är för tidigt. Välj ett senare datum.",
    "before_identified": "Behovet kan inte vara tillgodosett innan någon kände till det. Välj en "
    "senare dag, eller ändra behovet och skriv när det upptäcktes.",
    "before_convened": "Behovet kan inte vara tillgodosett innan det tillfälliga rådet kallades "
    "samman. Välj en senare dag.",
    "before_start": "Initiativet hade inte börjat den dagen. Välj en dag från och med starten.",
    "never_begun": "Initiativet har inte börjat, så det kan inte ha lett till något. Besluta och "
    "starta det först.",
    "after_outcome": "Initiativet har ett resultat från en dag före den. Välj en tidigare start.",
    "not_begun": "Starten är inte här än. Lämna {label} tomt tills utbildningen har börjat.",
    "after_direction": "En inriktning, ett lyft eller en uppdragsbeskrivning som bygger på "
    "beslutet har en tidigare dag än så.",
    "worked_earlier": "Rådet lyfte något, fick ett lyft eller valde bransch före den dagen. Välj "
    "en tidigare dag.",
    "too_late": "{label} är för sent. Välj ett tidigare datum.",
    "differs": "Skriv samma sak två gånger.",
    "unreadable": "Det går inte att läsa {label}.",
    "unreadable_file": "Filen går inte att läsa in. Rätta den på raden och i kolumnen som anges.",
    "unknown_file": "Ingen känner igen filens kolumner. Ange vilken källa den kommer från.",
    "unknown_column": "Källan har ingen sådan kolumn.",
    "unknown_indicator": "Det finns ingen sådan indikator.",
    "unknown_parameter": "Sidan har inget val som heter {limit}.",
    "unknown_sort": "Listan går inte att sortera så.",
    "not_periodic": "Listan går inte att visa för ett annat datum.",
    "fixed": "{label} går inte att ändra i efterhand.",
    "required": "Fyll i {label}.",
    "equality_check_due": "Skriv jämställdhetskontrollen, för yrket har mindre än 40 % av ett kön.",
    "readiness_unknown": "Det går inte att se om aktören är bedömd just nu. Skriv varför den får "
    "en plats, eller försök igen om en stund.",
    "not_an_org_number": "Kontrollera organisationsnumret. Det ska ha tio siffror, och den tredje "
    "ska vara 2 eller mer.",
    "checksum": "Kontrollera organisationsnumret, sista siffran stämmer inte.",
    "extra_cells": "Raden har fler celler än filen har rubriker. Ge kolumnen en rubrik, eller sätt "
    "citattecken om text med kommatecken.",
    "error_cell": "Cellen har ett fel från kalkylprogrammet i stället för ett värde. Rätta "
    "formeln, eller skriv värdet.",
    "formula": "Cellen har en formel som filen inte har något värde för. Skriv värdet i cellen, "
    "eller öppna och spara filen i Excel.",
    "not_all": "Ta med varje punkt på dagordningen.",
    "nothing_chosen": "Gör ett val i listan först. Här finns inget att spara.",
    "too_many_saved": "Du har redan 30 sparade urval. Ta bort något av dem först.",
    "too_many_addresses": "Du har redan 30 kalenderadresser. Ta tillbaka någon av dem först.",
    "empty": "Det finns inget att gå vidare med ännu. Fyll i något först.",
    "unfounded": "Skriv för varje krav vilken slutsats det bygger på. Sedan går det att publicera.",
    "published": "Det är publicerat och går inte att ändra. Gör en ny utgåva.",
    "not_published": "Välj en utgåva som är publicerad.",
    "locked": "Protokollet är justerat och går inte att ändra.",
    "not_choosing": "Välj en styrgrupp eller ett strategiskt forum.",
    "not_a_candidate": "Välj en av kandidaterna.",
    "judged": "Det finns bedömningar av något som du tar bort här. Töm de bedömningarna först.",
    "has_swot": "Det finns SWOT-punkter om en kandidat som du tar bort. Ta bort punkterna först.",
    "was_decided": "Urvalet har varit beslutat, så det står kvar med det som beslutades.",
    "selection_decided": "Urvalet är beslutat. Ta bort beslutet med ett skäl först.",
    "closed_undated": "Rådet är avslutat. Fyll i den dag i rådets tid då det beslutades.",
    "not_same_place": "Välj en punkt i samma fält, som inte själv är samma som en annan.",
    "has_copies": "Andra punkter är sagda vara samma som den här. Ändra dem först.",
    "not_planned": "Mötet är inte planerat, så ingen kallas till det.",
    "has_begun": "Mötet har börjat. Det är för sent att kalla någon.",
    "not_failed": "Kallelsen är redan på väg, skickad eller återkallad. Ladda om sidan.",
    "no_substitute": "Lämna {label} tomt när du inte sänder någon ersättare.",
    "link_over": "Mötet har varit, så det går inte att svara längre.",
    "link_cancelled": "Mötet är inställt, så du behöver inte svara.",
    "link_revoked": "Länken är återkallad. Hör av dig till den som kallade.",
    "not_held": "Mötet är inte genomfört ännu.",
    "cancelled": "Mötet är inställt.",
    "closed": "Det är avslutat. Öppna det igen först.",
    "not_closed": "Det är inte avslutat.",
    "needs_open": "Målet är inte nått än. Rådet har {limit}.",
    "scored": "Beslut är vägda efter kriteriet: vikten ligger fast, och det gäller de dagar då de "
    "fattades. Avsluta det efter dem och gör ett nytt.",
    "not_accepted": "Aktören har inte tackat ja. Skriv svaret först.",
    "not_ambassador": "Befattningen är inte ambassadör för mandatet.",
    "one_place": "Välj ett ställe: en aktör, ett råd eller ett annat organ.",
    "not_in_force": "Poäng finns för kriterier som då inte gällde. Ta bort dem eller byt dag.",
    "not_first": "Börja med en annan fas. Ett råd läggs ned efter att det har funnits.",
    "use_move": "Byt fas med knappen för det, så att dagen kommer med.",
    "use_close": "Lägg ned rådet på sidan för det, så att skäl och resultat kommer med.",
    "wrong_phase": "Rådet kan inte gå till den fasen nu.",
    "wrong_status": "Det går inte att göra i det läge som gäller nu. Ladda om sidan.",
    "replaced": "Det finns andra behov i stället för det här.",
    "done": "Det är redan klart.",
    "not_done": "Det är inte klart, så det finns inget att ångra.",
    "no_next_step": "Kontakten har inget nästa steg.",
    "other_programme": "Starten hör till en annan utbildning.",
    "other_actor": "Befattningen hör till en annan aktör.",
    "no_outcome": "Skriv en effekt, eller varför det inte finns någon.",
    "only_outcome": "Initiativet är klart genom resultatet. Återuppta initiativet först.",
    "too_much": "Behoven har tillsammans fler källor än ett behov kan ha. Slå ihop färre.",
    "no_consent": "Fyll i samtycket först.",
    "withdraw_instead": "Återta samtycket i stället, så att svaren glöms.",
    "other_council": "Det hör till ett annat råd.",
    "no_seat": "Välj ett branschråd där du har en plats.",
    "other_meeting": "Det hör till ett annat möte.",
    "has_decision": "Ett beslut är fattat vid punkten. Välj ett slag där något beslutas.",
    "decided": "Mötet har fattat beslut, så det är genomfört.",
    "other_municipality": "Det hör till en annan kommun.",
    "reused": "Det du skickade först är sparat. Det som står här nu är inte sparat. "
    "Spara igen om du vill göra en till.",
    "left_already": "Personen eller aktören har redan lämnat.",
    "leave_by_withdrawal": "Välj Lämnar samverkan på aktörens sida. Där visas vad som blir utan "
    "ägare.",
    "not_withdrawn": "Aktören har inte lämnat samverkan.",
    "merged": "Aktören är sammanslagen med en annan. Välj den den lever vidare i.",
    "merged_here": "Aktören är sammanslagen med en annan sedan sidan öppnades. Nu gäller det den "
    "som den lever vidare i: spara igen om det stämmer också för den.",
    "not_merged": "Aktören är inte sammanslagen.",
    "same_day": "Läget före började samma dag. Välj en senare dag, eller ändra det läget.",
    "later_standing": "Ett senare läge finns redan. Ångra det först, eller välj en senare dag.",
    "not_newest": "Aktören har ett läge efter utträdet. Ångra det först.",
    "no_lead": "Välj en aktör, skriv en bransch, eller båda.",
    "not_strategic": "Välj ett beslut av ett råd på strategisk nivå.",
    "decision_replaced": "Beslutet är ersatt av ett annat. Utgå från det som gäller.",
    "own_council": "Rådet frågar inte sig självt. Välj andra råd.",
    "closed_council": "Ett av råden är nedlagt. Välj bort det.",
    "answered_before": "Svaret har ändrats, och det som svarades först står kvar med det.",
    "has_answered": "Rådet har svarat, så det står kvar.",
    "not_addressed": "Rådet är inte tillfrågat.",
    "only_adapted": "Skriv bara när inriktningen anpassas. Lämna annars {label} tomt.",
    "lift_open": "Ett lyft till eller från rådet väntar på svar, och går bara till en högre nivå. "
    "Besvara eller ta bort det först.",
    "direction_open": "Rådets inriktning väntar på svar, och bara råd på strategisk nivå ger "
    "inriktningar. Vänta in svaren eller ta bort den först.",
    "selection_open": "Rådet har ett urval av bransch utan beslut, och bara styrgrupper och "
    "strategiska forum väljer. Skriv beslutet eller ta bort urvalet först.",
    "not_higher": "Välj ett råd på en högre nivå.",
    "unknown_point": "Punkten finns inte i den utgåvan. Ladda om sidan.",
    "names_somebody": "Texten nämner någon i rådet som är förebild. Ändra den, töm den, eller "
    "kryssa för att namnet ska stå kvar.",
    "unknown_text": "Rådet har ingen sådan text längre. Ladda om sidan.",
    "nothing_judged": "Bedöm minst ett av kriterierna.",
    "has_action": "Kriteriet har redan en åtgärd. Ändra den bland rådets åtgärder.",
    "no_mark": "Bedöm minst en av de fyra.",
    "no_leader": "Välj en befattning som har funktionen processledare.",
    "still_leads": "Befattningen leder processer. Lämna först över uppdragen till en annan, "
    "eller avsluta dem.",
    "below_from": "Det största ska inte vara mindre än det minsta.",
    "used": "Metoden har använts. Fasa ut den i stället, så att den finns kvar att läsa.",
    "retired": "Metoden var utfasad då.",
    "draft_there": "Det finns redan ett utkast. Publicera det eller ta bort det först.",
    "one_holder": "Välj en innehavare: en aktör, en befattning eller ett råd.",
    "not_https": "Skriv {label} som text, eller som en länk som börjar med https://.",
    "no_end": "Mandatet har inget slut att förnya från. Skriv slutdatum först.",
    "renewed_already": "Mandatet är redan förnyat.",
    "not_left": "Den befattningen lämnas inte.",
    "left_too": "Den befattningen lämnas också. Välj en annan.",
    "no_posts": "Personen har ingen befattning att lämna den dagen.",
    "several_occupations": "Namnet stämmer på flera yrken. Välj det du menar.",
    "no_occupation": "Inget yrke heter så. Prova en annan del av namnet.",
    "unknown_occupation": "Koden finns inte i SSYK 2012. Skriv yrkets namn i stället.",
    "occupations_away": "Yrkesnamn går inte att söka just nu. Skriv koden med fyra siffror.",
    "several_found": "Flera stämmer. Välj den du menar.",
    "one_found": "En stämmer och är vald. Spara igen om det är den du menar.",
    "none_found": "Ingen stämmer. Prova en annan del av namnet.",
    "several_actors": "Flera aktörer heter så. Ange organisationsnumret, eller slå ihop dem.",
    "several_people": "Flera personer heter så eller har den adressen. Skriv namn och e-post som i "
    "registret, eller rätta dem där.",
    "several_posts": "Aktören har flera befattningar som heter så. Skriv en annan, eller döp om "
    "dem i registret.",
    "some_day": "Skriv {label} som ett datum i filen, eller skriv i steget före vilken dag som "
    "gäller för de rader som bara säger ett år eller en termin.",
    "other_year": "Dagen som valdes ligger inte i det år som raden säger. Välj radens eget år i "
    "steget före, eller skriv {label} som ett datum i filen.",
    "undated": "Fyll i {label}, eller skriv i steget före vilken dag som gäller där filen inte "
    "säger något.",
    "other_before": "Personen står på en tidigare rad med en annan uppgift. Skriv samma, eller "
    "lämna cellen tom.",
    "changed": "Den är ändrad sedan importen.",
    "councils_silent": "Råden svarar inte, så det går inte att se om de använder det. Försök igen.",
    "nobody": "Ange hur många det är. Alla kan inte vara noll.",
    "keeper_silent": "Det går inte att se om {label} finns just nu. Försök igen om en stund.",
    "undone": "Importen är redan ångrad.",
    "file_empty": "Filen är tom. Välj en fil med rader.",
    "file_old_excel": "Filen är i det gamla Excelformatet. Spara den som .xlsx och försök igen.",
    "file_no_table": "Filen är varken en Exceltabell (.xlsx) eller en CSV-fil. Välj en sådan.",
    "file_unreadable": "Filen går inte att läsa som en tabell. Öppna och spara den på nytt.",
    "file_quote": "På rad {limit} börjar ett citattecken som inte slutar där cellen gör det. Rätta "
    "raden i filen och försök igen.",
    "file_no_rows": "Det finns en rubrikrad men inga rader under den.",
    "file_long": "Filen har fler än 100 000 rader. Dela den i flera.",
    "file_wide": "Filen har fler än 100 kolumner. Ta bort dem som inte behövs.",
    "file_large": "Filen är för stor. Den får vara högst 20 MB.",
    "file_no_susa": "JSON-filen är inte Susa-navets (EMIL3). Välj en fil med educationEvents.",
    "provider_unnamed": "Skriv vad anordnaren heter. Filen säger bara dess id.",
    "column_twice": "Två kolumner fyller samma uppgift. Välj en av dem.",
    "column_missing_name": "Välj vilken kolumn som är namnet.",
    "column_missing_provider_name": "Välj vilken kolumn som är anordnaren.",
    "column_missing_post_title": "Välj vilken kolumn som är befattningen, eller låt bli att ta med "
    "det som hör till den: organisation och dagar.",
    "column_missing_actor_name": "Välj vilken kolumn som är organisationen, eller låt bli att ta "
    "med befattningen och dess dagar.",
    "column_missing_valid_from": "Skriv från och med vilken dag befattningarna innehas, eller välj "
    "vilken kolumn som säger det.",
    "column_missing_constant": "Välj en kolumn för {label}, eller vad som gäller alla rader.",
    "model_type": "Raden går inte att läsa.",
    "duplicate_key": "Fältet står två gånger.",
    "json_invalid": "Raden går inte att läsa.",
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
    told = str(limit).replace(".", ",") if isinstance(limit, Decimal | float) else str(limit)
    return found.replace("{limit}", told)


def with_label(text: str, label: str | None) -> str:
    """The sentence with the field's label in it, starting with a capital letter."""
    named = text.replace("{label}", f"”{label.rstrip(': ')}”" if label else THIS_FIELD)
    return named[:1].upper() + named[1:]
