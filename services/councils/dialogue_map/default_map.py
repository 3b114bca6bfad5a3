"""Kompetensnav's own dialogue map: our questions, in the project's three areas."""

from services.councils.contract.interview import DialogueMapDraft, Question, QuestionKind
from services.councils.contract.need import Area

_RECEPTION, _MATCHING, _EDUCATION = Area.reception, Area.matching, Area.education
_SCALE = QuestionKind.scale

_INTRODUCTION = """Samtalet handlar om hur ert företag kan få, behålla och utveckla den kompetens \
ni behöver. Vi går igenom tre områden: mottagarkompetens (att ta emot olika människor och få dem \
att stanna), matchning (att hitta varandra) och utbildning. För varje fråga talar vi om hur det är \
i dag, hur ni vill att det ska vara och vad som skiljer. Några frågor är normkritiska: de hjälper \
oss att se vanor som ingen har valt men som ändå styr vem som får plats. Det finns inga rätta \
svar. Det ni säger används bara så som ni samtycker till, och ni får läsa och godkänna \
anteckningarna innan de används."""

_RECEPTION_QUESTIONS = [
    Question(
        key="recruitment_today",
        area=_RECEPTION,
        text="Hur går det till när ni anställer någon, från att behovet syns till första dagen?",
        help="Vem bestämmer, var söker ni och hur lång tid tar det?",
        prompts=[
            "Vem får veta att platsen finns, och vem får det inte?",
            "Vad avgör när två sökande är lika bra?",
        ],
    ),
    Question(
        key="introduction",
        area=_RECEPTION,
        text="Hur tas en ny medarbetare emot under de första veckorna?",
        help="Finns en plan, en handledare och tid avsatt?",
        prompts=["Ser starten likadan ut för alla, vem de än är?"],
    ),
    Question(
        key="supervision",
        area=_RECEPTION,
        kind=_SCALE,
        text="Hur god är er förmåga att handleda praktikanter, lärlingar och nyanställda?",
        help="1 = vi klarar det inte i dag, 5 = vi gör det ofta och bra.",
        prompts=["Vilka har ni handlett hittills, och vilka har aldrig fått chansen?"],
    ),
    Question(
        key="staying",
        area=_RECEPTION,
        text="Varför stannar människor hos er, och varför slutar de?",
        help="Vad vet ni säkert, och vad är en gissning?",
        prompts=["Skiljer sig skälen mellan kvinnor och män, eller mellan unga och äldre?"],
    ),
    Question(
        key="attractiveness",
        area=_RECEPTION,
        kind=_SCALE,
        text="Hur attraktiv tror ni att er bransch är för den som väljer yrke i dag?",
        help="1 = få vill hit, 5 = många vill hit. Vad bygger ni det på?",
        prompts=["Vilka tycker inte att branschen är för dem, och vad har de sett eller hört?"],
    ),
    Question(
        key="ability_unused",
        area=_RECEPTION,
        text="Vilka kunskaper finns hos era medarbetare som ni inte använder i dag?",
        help="Tänk på språk, tidigare yrken, utbildning från andra länder och fritid.",
        prompts=["Vems kunskaper har ni frågat efter, och vems har ni gissat?"],
    ),
    Question(
        key="who_fits_in",
        area=_RECEPTION,
        text="Vem brukar ni säga passar in här, och vem har aldrig sökt sig till er?",
        help="Vad i lokaler, arbetstider, språk eller jargong kan göra att någon väljer bort er?",
        norm_critical=True,
    ),
    Question(
        key="demands_needed",
        area=_RECEPTION,
        text="Vilka av kraven i era annonser behövs verkligen för att göra arbetet?",
        help="Körkort, felfri svenska, viss examen, tunga lyft: vad händer om kravet tas bort?",
        norm_critical=True,
    ),
]

_MATCHING_QUESTIONS = [
    Question(
        key="hard_to_find",
        area=_MATCHING,
        text="Vilka yrken eller kunskaper har ni svårast att hitta just nu?",
        help="Hur många behöver ni, var och från när?",
        prompts=["Är personerna få, eller är de få bland dem ni brukar vända er till?"],
    ),
    Question(
        key="need_one_year",
        area=_MATCHING,
        text="Hur många behöver ni anställa inom tolv månader, och i vilka yrken?",
        help="Skilj på ersättning för dem som slutar och på nya tjänster.",
        prompts=["Vilka skulle kunna ta platserna om ni inte utgår från hur det varit?"],
    ),
    Question(
        key="need_five_years",
        area=_MATCHING,
        text="Hur ser behovet ut om tre till fem år?",
        help="Pensionsavgångar, ny teknik, nya kunder, omställning.",
        prompts=["Vem tänker ni på när ni ser framför er den som anställs då?"],
    ),
    Question(
        key="cost_of_vacancy",
        area=_MATCHING,
        text="Vad händer när en plats står tom?",
        help="Nekade order, övertid, stress eller arbete som köps in.",
        prompts=["Vilka får bära det extra arbetet?"],
    ),
    Question(
        key="employment_service",
        area=_MATCHING,
        kind=_SCALE,
        text="Hur väl fungerar samarbetet med Arbetsförmedlingen för er?",
        help="1 = vi har ingen kontakt, 5 = det ger oss rätt människor. Vad saknas?",
        prompts=["Vilka människor har ni tackat nej till, och på vilken grund?"],
    ),
    Question(
        key="ways_in",
        area=_MATCHING,
        text="Vilka vägar in erbjuder ni: praktik, lärlingsplats, stödanställning, språkplats?",
        help="Vad skulle krävas för att ni skulle kunna erbjuda fler?",
        prompts=["Vem får vilken väg in? Finns det vägar som bara vissa erbjuds?"],
    ),
    Question(
        key="commuting",
        area=_MATCHING,
        text="Varifrån kommer era medarbetare, och vad hindrar fler att ta sig till er?",
        help="Avstånd, kollektivtrafik, arbetstider, bostad, barnomsorg.",
        prompts=["Vem förutsätts ha bil, körkort eller någon hemma som hämtar barnen?"],
    ),
    Question(
        key="women_and_men",
        area=_MATCHING,
        text="Hur fördelas uppgifterna mellan kvinnor och män hos er, och hur har det blivit så?",
        help="Vad skulle behöva ändras för att fördelningen skulle bli en annan?",
        norm_critical=True,
    ),
    Question(
        key="same_networks",
        area=_MATCHING,
        text="Vilka får aldrig veta att ni söker folk?",
        help="Om ni anställer genom bekanta: vilka kanaler når människor utanför era kretsar?",
        norm_critical=True,
    ),
]

_EDUCATION_QUESTIONS = [
    Question(
        key="education_fit",
        area=_EDUCATION,
        kind=_SCALE,
        text="Hur väl stämmer de utbildningar som finns i närheten med det ni behöver?",
        help="1 = inte alls, 5 = mycket väl. Vilka utbildningar tänker ni på?",
        prompts=["Vilka går utbildningarna i dag, och vilka söker inte?"],
    ),
    Question(
        key="education_missing",
        area=_EDUCATION,
        text="Vilken utbildning saknas, på vilken nivå och hur lång borde den vara?",
        help="Gymnasium, vuxenutbildning, yrkeshögskola, högskola eller en kort kurs.",
        prompts=["Vem skulle kunna gå den: den som arbetar, har barn eller lär sig svenska?"],
    ),
    Question(
        key="learning_at_work",
        area=_EDUCATION,
        text="Hur lär sig era medarbetare nytt under sitt arbetsliv?",
        help="Finns tid, pengar och någon som planerar?",
        prompts=["Sker lärandet på tider och sätt som passar alla?"],
    ),
    Question(
        key="language",
        area=_EDUCATION,
        text="Vilken svenska behöver man kunna första dagen, och vad kan man lära sig på plats?",
        help="Skilj på säkerhet, samtal med kunder och vanligt prat.",
        prompts=["Ställs samma krav på svenska för alla arbeten, fast de behöver olika mycket?"],
    ),
    Question(
        key="own_contribution",
        area=_EDUCATION,
        text="Vad kan ert företag bidra med till en utbildning?",
        help="Praktikplatser, maskiner, gästlärare, studiebesök, plats i ett branschråd.",
        prompts=["Vilka förebilder möter den som kommer på studiebesök eller praktik?"],
    ),
    Question(
        key="who_is_asked",
        area=_EDUCATION,
        text="Vilka av era medarbetare får frågan om vidareutbildning, och vilka får den inte?",
        help="Jämför kvinnor och män, unga och äldre, hel- och deltid, kontor och produktion.",
        norm_critical=True,
    ),
    Question(
        key="picture_of_trade",
        area=_EDUCATION,
        text="Vilka människor syns i bilderna när er bransch och dess utbildningar presenteras?",
        help="Vem skulle inte känna igen sig, och vad kan ni visa i stället?",
        norm_critical=True,
    ),
]

# What is published never changes: other words, or questions, are another edition.
DEFAULT_MAP = DialogueMapDraft(
    name="Kompetensnavs egen dialogkarta",
    edition=2,
    introduction=_INTRODUCTION,
    questions=[*_RECEPTION_QUESTIONS, *_MATCHING_QUESTIONS, *_EDUCATION_QUESTIONS],
    source="Kompetensnavs egna frågor",
)
