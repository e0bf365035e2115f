"""The one style sheet, as a template: ``theme.style_sheet`` fills in the tokens."""

from string import Template

STYLE = Template("""
QWidget { color: $text; }
QMainWindow, QStackedWidget, QScrollArea, QWidget[look="page"] { background: $ground; border: none; }

QLabel { background: transparent; }
QLabel[look="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[look="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[look="large"] { font-size: ${large}pt; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="muted"] { color: $muted; }
QLabel[look="small"] { color: $muted; font-size: ${small}pt; }
QLabel[look="error"] { color: $danger; font-weight: 600; }
QLabel[look="ok"] { color: $ok; font-weight: 600; }
QLabel[look="warn"] { color: $warn; font-weight: 600; }

QFrame[look="card"] { background: $panel; border: 1px solid $hairline; border-radius: ${radius}px; }
QFrame[look="bar"] { background: $panel; border: none; border-bottom: 1px solid $hairline; }
QFrame[look="foot"] { background: $panel; border: none; border-top: 1px solid $hairline; }
QFrame[look="rule"] { background: $hairline; border: none; min-height: 1px; max-height: 1px; }
QFrame[look="banner-info"], QFrame[look="banner-ok"], QFrame[look="banner-warn"], QFrame[look="banner-danger"] {
  background: $panel; border: 1px solid $hairline;
  border-top-right-radius: ${radius}px; border-bottom-right-radius: ${radius}px;
}
QFrame[look="banner-info"] { border-left: 6px solid $accent; }
QFrame[look="banner-ok"] { border-left: 6px solid $ok; }
QFrame[look="banner-warn"] { border-left: 6px solid $warn; }
QFrame[look="banner-danger"] { border-left: 6px solid $danger; }
QToolTip { background: $panel; color: $text; border: 1px solid $border; }

QPushButton {
  background: $ground; color: $text; border: 1px solid $border; border-radius: ${radius}px;
  padding: ${pad}px ${side}px; min-height: ${inner}px;
}
QPushButton:hover { background: $panel; border-color: $text; }
QPushButton:disabled { color: $muted; border: 1px dashed $border; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[look="primary"]:hover { border-color: $text; }
QPushButton[look="primary"]:disabled { background: $panel; color: $muted; border: 1px dashed $border; }
QPushButton[look="danger"] { color: $danger; border-color: $danger; }

QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QTimeEdit {
  background: $ground; color: $text; border: 1px solid $border; border-radius: ${radius}px;
  padding: ${pad}px ${step}px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QComboBox, QDateEdit, QTimeEdit { min-height: ${inner}px; }
QLineEdit[look="wrong"], QComboBox[look="wrong"], QPlainTextEdit[look="wrong"] { border: 2px solid $danger; }
QLineEdit:disabled, QComboBox:disabled { color: $muted; border-color: $hairline; }
QComboBox QAbstractItemView { background: $ground; color: $text; border: 1px solid $border; }
QComboBox[look="picker"]::drop-down { border: none; width: 28px; }
QComboBox[look="picker"]::down-arrow { image: none; }
QCheckBox, QRadioButton { spacing: ${step}px; min-height: ${inner}px; background: transparent; }
QProgressBar {
  background: $panel; color: $text; border: 1px solid $border; border-radius: ${radius}px; text-align: center;
}
QProgressBar::chunk { background: $accent; }

QListWidget, QListView[look="notes"], QTableWidget, QTableView {
  background: $ground; color: $text; border: 1px solid $hairline; border-radius: ${radius}px;
  gridline-color: $hairline; selection-background-color: $accent; selection-color: $on_accent;
}
QListWidget::item, QListView[look="notes"]::item { padding: ${step}px; }
QHeaderView::section {
  background: $panel; color: $text; border: none; border-bottom: 1px solid $border;
  padding: ${pad}px ${step}px; font-weight: 600;
}
QScrollBar:vertical { background: $panel; width: 14px; margin: 0; }
QScrollBar:horizontal { background: $panel; height: 14px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 5px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
""")
