"""The only Qt.

Qt's bindings read the source text of every module that is imported after them, to look for their own features. What
the first window needs of ``app`` is therefore imported before them: it then comes noticeably earlier.
"""

from tradeoff_desktop.app import settings, words, workshops  # noqa: F401 - for the order, see above
