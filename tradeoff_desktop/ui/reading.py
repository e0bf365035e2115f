"""The order in which Tab goes through a page: as it is read, by its layouts, whenever its parts were made."""

from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QSplitter, QWidget


def thread(page: QWidget) -> None:
    """Let Tab go through everything in ``page`` as it is read."""
    before: QWidget | None = None
    for widget in in_order(page):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            if before is not None:
                QWidget.setTabOrder(before, widget)
            before = widget


def in_order(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all that is laid out inside it, as they are read."""
    yield widget
    layout = widget.layout()
    inside: Iterable[QWidget | None] = _laid(layout) if layout is not None else ()
    if isinstance(widget, QScrollArea):
        inside = (widget.widget(),)
    elif isinstance(widget, QSplitter):
        inside = [widget.widget(place) for place in range(widget.count())]
    for part in inside:
        if part is not None:
            yield from in_order(part)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout and of the layouts in it, row by row where it is a grid."""
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda place: cast("tuple[int, int, int, int]", layout.getItemPosition(place)))
    for place in places:
        item = layout.itemAt(place)
        widget, further = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif further is not None:
            yield from _laid(further)
