"""Charts: the geometry behind the SVG macros. Python counts, Jinja draws; no script, no styles.

Widths are per cent and heights are pixels, so that text keeps its size from 320 to 1280 pixels.
"""

from gateway.charts.bars import bars
from gateway.charts.circle import circle
from gateway.charts.lines import lines
from gateway.charts.model import model
from gateway.charts.municipalities import municipality_map
from gateway.charts.network import network
from gateway.charts.pulses import pulse_half
from gateway.charts.ranges import gaps, ranges, shares
from gateway.charts.spans import spans
from gateway.charts.timelines import timeline

__all__ = [
    "bars",
    "circle",
    "gaps",
    "lines",
    "model",
    "municipality_map",
    "network",
    "pulse_half",
    "ranges",
    "shares",
    "spans",
    "timeline",
]
