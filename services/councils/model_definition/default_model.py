"""Kompetensnav's own definition of the model, shown until an association has written its own.

The report's drawn picture of the model is not published: the words are ours.
"""

from services.councils.contract.council import CouncilLevel
from services.councils.contract.model_definition import ModelFiller, ModelPart

_STRATEGIC, _BRIDGING, _OPERATIVE = (
    CouncilLevel.strategic,
    CouncilLevel.bridging,
    CouncilLevel.operative,
)
_PARTS = (
    (_STRATEGIC, "Styrgrupp", ModelFiller.steering_group,
     "Beslutar om uppdrag, resurser och inriktning, och bär frågorna hem."),
    (_STRATEGIC, "Strategiskt forum", ModelFiller.strategic_forum,
     "Sätter den årliga agendan ur kompetensanalysen och tar emot lyft."),
    (_STRATEGIC, "Strategernas arbetsgrupp", ModelFiller.working_group,
     "Prövar analysen och bereder det som forumet ska ta ställning till."),
    (_BRIDGING, "Processledning", ModelFiller.process_leader,
     "Håller ihop råden, och för behov uppåt och inriktningar nedåt."),
    (_BRIDGING, "Sammanhållande arbetsgrupp", ModelFiller.working_group,
     "Samordnar det som berör flera branscher."),
    (_BRIDGING, "Nätverk", ModelFiller.network_meeting,
     "Delar kunskap mellan nivåer, aktörer och branscher."),
    (_OPERATIVE, "Branschråd", ModelFiller.industry_council,
     "Samlar en bransch kring behov, beslut och initiativ."),
    (_OPERATIVE, "Tillfälligt branschråd", ModelFiller.temporary_council,
     "Löser en akut brist och avslutas när det är gjort."),
    (_OPERATIVE, "Utförare", ModelFiller.executor,
     "Genomför de initiativ som råden har beslutat om."),
)  # fmt: skip
DEFAULT_MODEL = [
    ModelPart(level=level, function=function, says=says, filled_by=filled_by)
    for level, function, filled_by, says in _PARTS
]
