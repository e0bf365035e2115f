"""Figures and tagged PDF made from findings. Imported only at the moment of publishing.

``document.Document`` is the door: callers hand it plain text, tables and charts and get the bytes of a PDF.
"""

import os

from platformdirs import user_cache_path

# matplotlib writes its font list beside its settings the first time it is imported; the user cache is the only
# place this product may leave such a file, and the variable is read before anything of matplotlib is.
os.environ.setdefault(
    "MPLCONFIGDIR", str(user_cache_path("tradeoff-desktop", appauthor=False) / "matplotlib")
)
