"""Analysis: what is known about needs, supply and working life, and the red thread over it."""
