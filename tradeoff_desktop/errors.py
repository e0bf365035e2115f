"""Everything that can go wrong, sorted by who can act.

::

    TradeoffError  code, facts; no display text
    ├ RuleError      the workshop does not allow it now     shown beside the control
    ├ MachineError   disk, lock, corrupt, too new           banner with the remedy; work kept
    ├ TrustError     unknown signer, altered, forked ...    review screen, quarantine
    └ ContentError   a pack or a programme is wrong         named file, line and field

Anything else that is raised is a bug and ends in a crash report file.
The sentences people read live in ``app.words``, keyed by ``code``.
"""

from typing import Any


class TradeoffError(Exception):
    """Base of every error the product raises on purpose: a ``code`` and the ``facts`` that fill its sentence."""

    def __init__(self, code: str, **facts: Any) -> None:  # noqa: ANN401 - facts are whatever the sentence prints
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        """Return code and facts for logs; never free text, so nothing a person typed may be a fact."""
        return " ".join([self.code, *(f"{name}={value}" for name, value in sorted(self.facts.items()))])


class RuleError(TradeoffError):
    """The workshop does not allow this act now."""


class MachineError(TradeoffError):
    """The laptop cannot do it: disk, lock, damaged or newer file."""


class TrustError(TradeoffError):
    """A file from elsewhere is not what it claims to be."""


class ContentError(TradeoffError):
    """A pack or programme is wrong; facts name ``file``, ``line`` and ``field``."""
