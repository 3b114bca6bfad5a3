"""The public API as other systems meet it, over HTTP, in both ways that the house is run."""
