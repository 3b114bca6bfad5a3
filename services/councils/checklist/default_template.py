"""Kompetensnav's own checklist for an attractive education."""

from services.councils.contract.checklist import ChecklistTemplateDraft, TemplateItem

_POINTS = {
    "need_shown": "Behovet är beskrivet av arbetsgivare, med antal och tid.",
    "employers_in": "Minst två arbetsgivare har deltagit när innehållet bestämdes.",
    "places_promised": "Praktik- eller lärlingsplatser är utlovade till alla som börjar.",
    "supervisors": "Handledarna på arbetsplatserna har fått utbildning.",
    "job_at_end": "Det är tydligt vilka arbeten utbildningen leder till, och vad de ger i lön.",
    "ways_in": "Den som saknar behörighet eller erfarenhet vet vilken väg in som finns.",
    "recognition": "Tidigare kunskaper prövas, så att ingen läser det den redan kan.",
    "language_support": "Det finns språkstöd under hela utbildningen.",
    "travel": "Det går att ta sig till skola och praktik utan bil, eller så finns en lösning.",
    "pace": "Det går att studera vid sidan av familj och arbete.",
    "equipment": "Lokaler och maskiner är sådana som används i branschen i dag.",
    "pictures": "Bilder och texter visar olika sorters människor, och någon har granskat dem.",
    "all_reached": "Informationen når också dem som inte brukar söka, på språk de läser.",
    "voices": "Studerande har fått säga vad som gör utbildningen bra och vad som saknas.",
    "follow_up": "Det är bestämt vem som tar reda på hur det gick, ett halvår efteråt.",
}

DEFAULT_TEMPLATE = ChecklistTemplateDraft(
    name="Attraktiv utbildning",
    edition=1,
    purpose="Prövar vad som gör att människor söker en utbildning, stannar kvar och får arbete.",
    items=[TemplateItem(key=key, text=text) for key, text in _POINTS.items()],
    source="Kompetensnavs egen checklista",
)
