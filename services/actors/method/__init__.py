"""Methods: ways of working, taken up, used and at last retired."""
