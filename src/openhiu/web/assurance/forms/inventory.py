"""Forms of the inventory: publishing a text."""

from __future__ import annotations

from openhiu.web.design.forms import NhsForm, Text, Tick


class PublishForm(NhsForm):
    """What is different, and whether the officer has agreed it."""

    changes = Text("What is different from the version before?", required=False, max_length=300)
    agreed = Tick("The data protection officer has read this text and agreed it", required=False)
    signed_by = Text("Their name", hint="Leave it empty while it is a proposal.", required=False,
                     max_length=200)  # fmt: skip

    def clean(self) -> dict[str, object]:
        """A name without the tick, or the tick without a name, is no agreement."""
        said: dict[str, object] = super().clean() or {}
        if bool(said.get("agreed")) != bool(said.get("signed_by")):
            self.add_error("signed_by", "Tick that it was agreed, and say by whom; or neither")
        return said
