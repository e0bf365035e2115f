"""What is said in a rehearsal: notes, reasons, conditions, statements. Written for practice, said by nobody."""

from typing import NamedTuple

from tradeoff_desktop.model.records import Necessity, NoteKind


class Said(NamedTuple):
    """One note: its kind, the words, the group that spoke, and whether they are verbatim."""

    kind: NoteKind
    text: str
    group: str
    verbatim: bool = False


ANCHOR: tuple[Said, ...] = (
    Said("point", "Help that comes before the court letter is worth far more than help after it.", "civil"),
    Said("point", "I would want somebody to ring me. I would not want to be on a list.", "civil", verbatim=True),
    Said("question", "Who decides how high the risk must be before a household is rung?", "civil"),
    Said("point", "We pay for temporary housing every night. A call costs a few pounds.", "government"),
    Said("condition", "Only if the list is deleted once the offer has been made.", "partner"),
    Said("point", "The benefits team already knows most of this. It is the joining up that feels new.", "government"),
    Said("point", "People who fear the council will stop asking for help at all.", "civil"),
    Said("red_line", "If the list is ever used to chase the debt, I am out.", "civil", verbatim=True),
    Said("condition", "A person must look at the case before anyone rings, not only a computer.", "partner"),
    Said("point", "Once health is on the list it stops being about rent.", "partner", verbatim=True),
    Said("point", "A charity would be trusted more, but it cannot hold back the bill.", "government"),
    Said("point", "Street figures are safe, but nobody can ring a street.", "government", verbatim=True),
    Said("question", "How would somebody find out that they are on the list?", "civil"),
    Said("condition", "Tell people in the council tax letter, in plain words.", "civil"),
)
THEME: dict[str, tuple[Said, ...]] = {
    "HSC": (
        Said("point", "The people who gain most are the ones who would never ring for help.", "partner"),
        Said("point", "Carers see a great deal already; the question is what is written down.", "civil"),
        Said("condition", "Staff must be trained and every look at a record logged.", "partner"),
        Said("question", "What happens when somebody moves and the record does not?", "government"),
        Said("point", "My mother would say yes to the visit and no to the list.", "civil", verbatim=True),
    ),
    "WEL": (
        Said("point", "Forms keep out the people the discount is meant for.", "civil"),
        Said("point", "A list of people without money is worth money to the wrong people.", "government", verbatim=True),
        Said("condition", "No selling on, and no adverts to the people on it.", "civil"),
        Said("point", "One plan for all debts would save us five letters a month.", "government"),
        Said("red_line", "Sanctions must never come out of this data.", "civil"),
    ),
    "CJ": (
        Said("point", "Times and places are enough to find where fights happen.", "government"),
        Said("point", "If victims think the hospital tells the police they will not come.", "civil"),
        Said("condition", "An independent group should look at the use every year.", "other"),
        Said("question", "How long does a flag stay on somebody's name?", "civil"),
        Said("point", "A label sticks long after the crisis has gone.", "civil", verbatim=True),
    ),
    "HOU": (
        Said("point", "A landlord who knows early can wait; one who finds out late sends a notice.", "partner"),
        Said("point", "Staff live on the same estates. They will know the names.", "civil"),
        Said("condition", "Only the change of date, not the reason for it.", "partner"),
        Said("point", "Nobody told me it is the damp. They told me to open a window.", "civil", verbatim=True),
        Said("question", "Could the tenant send the letter herself instead?", "civil"),
    ),
}
REASONS: tuple[str, ...] = (
    "The help comes early and is easy to refuse.",
    "The gain is real, but people must be told first.",
    "Too much is joined up for what it achieves.",
    "The same could be done with less data.",
    "We trust the people, not the computer system.",
    "We could not settle who should hold the list.",
)
CONDITIONS: tuple[tuple[str, Necessity], ...] = (
    ("tell", "must"), ("fixed_purpose", "must"), ("no_enforcement", "must"), ("delete_by", "should"),
    ("human_decision", "must"), ("access_log", "should"), ("less_data", "should"), ("opt_out", "must"),
    ("independent_oversight", "should"), ("no_onward", "must"), ("trained_staff", "should"),
    ("no_commercial", "not_enough"),
)
STATEMENTS: dict[str, str] = {
    "HSC": "Share what is needed for the next visit, tell the person at that visit, and log who looked.",
    "WEL": "Give people what they are owed without a form, and never sell or reuse the list.",
    "CJ": "Use places and times before names, and let an independent group check the use every year.",
    "HOU": "Offer help early with the least data that does the job, and keep debt collection out of it.",
}
DISSENT: tuple[str, ...] = (
    "One person wanted consent first, every time.",
    "Two people thought this was still too much.",
    "",
)
WRITTEN: tuple[str, ...] = (
    "Hearing how a tenant found out moved me more than the figures.",
    "I came to defend sharing and left wanting a delete date.",
    "It depends who holds it. I had not thought about that before.",
    "Nothing much. I still think early help is worth it.",
    "That the same data felt different with another name on the door.",
)
