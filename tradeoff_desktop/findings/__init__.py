"""Pure statistics over answers: levels, shifts, agreement, disclosure control.

Two doors. ``find`` reads the answers of workshops and returns what an audience may see. The functions of the generic
engine (``marginal_means`` to ``disclosure_blocks``) take numpy arrays or sequences, so that anyone can feed them other
data; they know nothing of workshops.
"""

from tradeoff_desktop.findings.agreement import agreement, agreement_told, agreement_words, krippendorff_alpha
from tradeoff_desktop.findings.answers import Answer, Contrast, Design, Scale
from tradeoff_desktop.findings.areas import AreaCount, LevelAcross, MoveAcross
from tradeoff_desktop.findings.board import LevelRow, MoveRow
from tradeoff_desktop.findings.comparisons import GroupDifference, MapPoint, TableChange
from tradeoff_desktop.findings.disclosure import (
    MOVE_LABELS,
    SDC_1,
    Block,
    Moves,
    Policy,
    Shown,
    disclosure_blocks,
    groups_may_be_compared,
    percent,
    quote_may_name_group,
    show_levels,
    show_moves,
)
from tradeoff_desktop.findings.editions import Edition, edition_from, edition_of
from tradeoff_desktop.findings.effects import component_effects, marginal_means, within_person_shift
from tradeoff_desktop.findings.inference import (
    MeanTest,
    benjamini_hochberg,
    cluster_mean_test,
    holm,
    sign_flip,
)
from tradeoff_desktop.findings.ladder import PooledMean
from tradeoff_desktop.findings.results import Results, WorkshopRow, as_json, find
from tradeoff_desktop.findings.robust import Estimates, cluster_robust
from tradeoff_desktop.findings.shifts import AxisShift, EndShift

__all__ = [
    "MOVE_LABELS",
    "SDC_1",
    "Answer",
    "AreaCount",
    "AxisShift",
    "Block",
    "Contrast",
    "Design",
    "Edition",
    "EndShift",
    "Estimates",
    "GroupDifference",
    "LevelAcross",
    "LevelRow",
    "MapPoint",
    "MeanTest",
    "MoveAcross",
    "MoveRow",
    "Moves",
    "Policy",
    "PooledMean",
    "Results",
    "Scale",
    "Shown",
    "TableChange",
    "WorkshopRow",
    "agreement",
    "agreement_told",
    "agreement_words",
    "as_json",
    "benjamini_hochberg",
    "cluster_mean_test",
    "cluster_robust",
    "component_effects",
    "disclosure_blocks",
    "edition_from",
    "edition_of",
    "find",
    "groups_may_be_compared",
    "holm",
    "krippendorff_alpha",
    "marginal_means",
    "percent",
    "quote_may_name_group",
    "show_levels",
    "show_moves",
    "sign_flip",
    "within_person_shift",
]
