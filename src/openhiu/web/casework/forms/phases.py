"""Forms for moving along the lifecycle and for how often to be in touch."""

from __future__ import annotations

from openhiu.web.casework.lifecycle import STRETCH
from openhiu.web.design.forms import LongText, NhsForm, Whole


class MoveForm(NhsForm):
    """Why a case moves to another phase."""

    reason = LongText("Why now?", hint="In a few words.", count=500, rows=3)


class StepBackForm(MoveForm):
    """Why it is time to walk backwards, and with which rhythm to begin."""

    rhythm_days = Whole(
        "Days until the next contact",
        hint=f"It then stretches with each kept contact: {', '.join(map(str, STRETCH))} days.",
        initial=STRETCH[0],
        min_value=1,
        max_value=365,
    )


class RhythmForm(NhsForm):
    """How often to be in touch."""

    days = Whole("Days between contacts", min_value=1, max_value=365)
