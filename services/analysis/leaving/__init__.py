"""Leaving: who takes part no more, by the standings of an actor and of those merged with it."""
