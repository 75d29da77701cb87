"""Forms for keeping someone safe: four sentences at once, the reasons later, and a review."""

from __future__ import annotations

from openhiu.web.design.forms import Choice, LongText, NhsForm, Text, Tick, YesNo

GATEWAYS = (
    ("vital", "To protect someone's life or safety"),
    ("public", "In the public interest: serious harm or crime"),
    ("law", "The law asks for it"),
    ("lacks_capacity", "They lack capacity for this, and it is in their best interests"),
    ("child", "To protect a child"),
)
TIES = (
    ("none", "No"),
    ("family", "Yes, family or household"),
    ("known", "Yes, someone I know"),
    ("self", "It is my own record"),
)


class KnownWorriedForm(NhsForm):
    """The emergency path: four things, under a minute, about someone already on the page."""

    who_is_at_risk = Text("Who is at risk?", hint="Them, a child, someone else.", max_length=200)
    told_whom = Text(
        "Whom did you tell?", hint="Like 999, social care duty desk, GP.", max_length=200
    )
    what_was_shared = LongText("What did you share?", rows=2)
    why_now = LongText("Why now?", rows=2)


class WorriedForm(KnownWorriedForm):
    """The same from any page: a record may be named, and need not be."""

    about_whom = Text(
        "Whose record is it about?",
        hint="Name, NHS number or anything you know. Leave empty if there is none.",
        required=False,
        max_length=200,
    )
    field_order = ("about_whom",)


class GatewayForm(NhsForm):
    """The full reasons, within 24 hours."""

    gateway = Choice("What allows it?", choices=GATEWAYS)
    capacity_view = LongText("Could they decide about this themselves?", rows=2)
    consent_sought = LongText("Did you ask them first?", hint="If not, why not.", rows=2)
    person_told = LongText("Did you tell them?", hint="If not, why not.", rows=2)
    adviser = Text("Who advised you?", required=False, max_length=200)


class ReviewForm(NhsForm):
    """What the reviewer thinks; after this nothing can be changed."""

    words = LongText("What do you think of it?", hint="Was it right? What do we learn?", rows=4)


class KnownConcernForm(NhsForm):
    """A worry to pass on to the lead and their supervisor, about someone on the page."""

    words = LongText("What worries you?", hint="What you saw or heard, and when.", rows=4)
    urgent = YesNo("Does someone need to look at this today?")
    call_back = Text("How can we reach you?", required=False, max_length=200)


class ConcernForm(KnownConcernForm):
    """The same about someone to be named."""

    about_whom = Text("Who are you worried about?", max_length=200)
    field_order = ("about_whom",)


class AnswerConcernForm(NhsForm):
    """What came of a worry."""

    answer = LongText(
        "What was done",
        hint="Whoever raised it will read this. Say nothing that they may not know.",
        rows=4,
    )


class GlassForm(NhsForm):
    """Why someone opens a record outside their own."""

    reason = LongText(
        "Why do you need to open this record?",
        hint="Your reason is kept, and someone looks at it afterwards.",
        rows=3,
        min_length=10,
    )
    tie = Choice(
        "Do you know this person outside work?",
        choices=TIES,
        hint="Your answer is kept with the reason. Someone else may be the better one to look.",
    )
    sure = Tick("I need this for their care or safety",
                missing="Tick to say that you need this for their care or safety")  # fmt: skip
