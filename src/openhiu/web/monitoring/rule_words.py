"""A rule's words by its key, whoever asks: pages, quiet words, and the reason of a move."""

from __future__ import annotations

from typing import Final

from openhiu.monitor.signals import RULES, RuleWords

_UNKNOWN: Final = RuleWords("Early warning", "", "Ring them, and ask how things are.")


def rule_words(rule: str) -> RuleWords:
    """A rule's words; one that is no longer known reads as a plain early warning."""
    return RULES.get(rule, _UNKNOWN)


def rule_label(rule: str) -> str:
    """What a rule is called."""
    return rule_words(rule).label
