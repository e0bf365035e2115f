"""Tradeoff Desktop: people at a desk write records; everything shown is derived."""

__version__ = "0.1.0"
