"""What can be done with forecasts: they are kept as they were made."""

from services.analysis.contract.forecast import ForecastOrder, ForecastsMade
from services.analysis.forecast.making import Made
from services.analysis.forecast.queries import forecast_occupations
from services.analysis.tables import ForecastRow, SourceRow
from services.kit.http import Work
from services.kit.store import get_row, insert_rows


async def keep_forecasts(work: Work, _order: ForecastOrder, made: Made) -> ForecastsMade:
    """Those that are not there already. One at a time for each source."""
    told = made.told
    await get_row(work.db, SourceRow, told.indicator["source_id"], lock=True)
    key, area = told.indicator["key"], str(told.spot.code)
    there = await forecast_occupations(work.db, key, area, told.snapshot["content_hash"])
    drafts = [one for one in made.drafts if one.occupation_code not in there]
    await insert_rows(work.db, ForecastRow, list(drafts))
    return ForecastsMade(
        area_level=told.spot.level,
        area_code=area,
        indicator_key=key,
        snapshot_id=told.snapshot["id"],
        made=len(drafts),
        there_already=len(made.drafts) - len(drafts),
    )
