"""Stands before the real pandas on the path: a laptop has none."""

raise ImportError(name="pandas")
