"""One client as a cover meets them: rows of the record in; what is owed and why it presses out."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from openhiu.web.casework.models import Case, Concern, Consent, Contact, Step, Task, Visit
from openhiu.web.people.models import Notice
from openhiu.web.people.safety import Rules


@dataclass
class Noted:
    """One client as the cover meets them: what matters, what to look out for, what is promised."""

    case: Case
    rules: Rules
    watch: list[str] = field(default_factory=list)  # from rooms above: open early warnings
    worries: list[Concern] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    reviews: list[Consent] = field(default_factory=list)
    last: Contact | None = None
    due: bool = False  # a contact falls due in these days, or was due before
    notices: list[Notice] = field(default_factory=list)  # in force

    @property
    def reasons(self) -> list[str]:
        """Why the cover should look at them first, the most pressing first; routine gives none."""
        today = timezone.localdate()
        owed = [("task", one.due_on) for one in self.tasks]
        owed += [("promise", one.due_on) for one in self.steps]
        late = sorted({f"a {what} is late" for what, day in owed if day < today}, reverse=True)
        soon = sorted({f"a {what} falls due" for what, day in owed if day >= today})
        planned = self.case.next_contact_on
        asked = [one for one in self.reviews if one.kind == Consent.Kind.TAKE_PART]
        checks = (
            (self.watch, "an early warning is open"),
            (self.worries, "somebody is worried"),
            *((True, words) for words in late),
            (planned is not None and planned < today, "the contact is late"),
            (self.visits, "a visit is planned"),
            *((True, words) for words in soon),
            (asked, "whether they still take part is to be asked"),
        )
        return [words for holds, words in checks if holds]

    @property
    def pressing(self) -> bool:
        """Whether more than routine is asked of the cover."""
        return bool(self.reasons)

    @property
    def asks(self) -> bool:
        """Whether anything is to be done or watched in these days."""
        return bool(self.watch or self.worries or self.tasks or self.steps or self.visits
                    or self.reviews or self.due)  # fmt: skip
