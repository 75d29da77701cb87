"""`hiu manage verify_audit`, daily: proves that nobody changed, removed, added or reordered
what the audit holds; renews its anchor, and notes what was found for the health page.

Where the audit was proved before, an anchor that is not there is a break like any other: an
administrator lets a new one begin with --begin-anew, and that is noted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openhiu.web.access import chain
from openhiu.web.assurance.notebook import Notebook

GONE: Final = (
    "the anchor is not there, and the audit was proved before: somebody may have taken it away. "
    "Find the old one, or let a new one begin with --begin-anew and note why"
)
THERE: Final = "there is an anchor: put it aside under another name first, and keep it"


class Command(BaseCommand):
    """Exit code 0 when every chain holds, 1 when one does not."""

    help = "Proves the audit's chains against the anchor, and renews it when all holds."

    def add_arguments(self, parser: Any) -> None:
        """Where the heads are kept outside the database."""
        parser.add_argument(
            "--anchor", type=Path, help="a file kept on another machine, instead of the usual one"
        )
        parser.add_argument(
            "--begin-anew", action="store_true", help="let a new anchor begin, after a restore"
        )

    def handle(
        self, *_args: Any, anchor: Path | None = None, begin_anew: bool = False, **_options: Any
    ) -> None:
        """Verify, say what was found, and renew the anchor only when all holds."""
        file = anchor or settings.AUDIT_ANCHOR
        known = self._known(file, begin_anew=begin_anew)
        proof = chain.verify(known)
        self._note(proof.entries, len(proof.breaks))
        for broken in proof.breaks:
            self.stderr.write(f"chain {broken.chain}, entry {broken.seq}: {broken.why}")
        if proof.breaks:
            raise CommandError(f"{len(proof.breaks)} breaks found; the anchor was left as it is")
        self._renew(file, proof.heads)
        if known is None:
            began_at = timezone.now().isoformat()
            Notebook(settings.HOME).add("chain", anchor_began_at=began_at)
        began = "" if known is not None else f"; there was no anchor, one begins with {file.name}"
        self.stdout.write(f"{proof.entries} entries in {len(proof.heads)} chains: all hold{began}")

    def _known(self, anchor: Path, *, begin_anew: bool) -> chain.Heads | None:
        if begin_anew and anchor.exists():
            raise CommandError(THERE)
        if not anchor.exists():
            if not begin_anew and Notebook(settings.HOME).read("chain").get("verified_at"):
                self._note(0, 1)
                raise CommandError(GONE)
            return None
        try:
            return chain.read_anchor(anchor)
        except (OSError, ValueError, KeyError, AttributeError) as why:
            self._note(0, 1)
            raise CommandError(f"the anchor cannot be used: {why}") from None

    def _renew(self, anchor: Path, heads: chain.Heads) -> None:
        try:
            chain.write_anchor(anchor, heads)
        except OSError as why:
            raise CommandError(
                f"all holds, but the anchor cannot be written: {why.strerror}"
            ) from None

    def _note(self, entries: int, breaks: int) -> None:
        now = timezone.now().isoformat()
        Notebook(settings.HOME).add("chain", verified_at=now, entries=entries, breaks=breaks)
