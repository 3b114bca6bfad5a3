"""Kompetensnav's own steps of a procurement of commissioned training, in our words."""

from services.councils.contract.checklist import (
    ChecklistTemplateDraft,
    TemplateItem,
    TemplateKind,
)

_POINTS = {
    "need_described": "Behovet är beskrivet: vad deltagarna ska kunna, hur många de är och när.",
    "inquiry_sent": "Förfrågan är skickad till dem som kan utbilda.",
    "tenders_in": "Anbuden är inne och jämförda.",
    "awarded": "Leverantör är vald, och alla som lämnade anbud har fått besked.",
    "contract": "Avtalet är undertecknat.",
    "started": "Utbildningen har startat.",
}

DEFAULT_PROCUREMENT = ChecklistTemplateDraft(
    name="Upphandling av uppdragsutbildning",
    edition=1,
    kind=TemplateKind.procurement,
    purpose="Stegen från ett beskrivet behov till en utbildning som har startat.",
    items=[TemplateItem(key=key, text=text) for key, text in _POINTS.items()],
    source="Kompetensnavs egen mall",
)
