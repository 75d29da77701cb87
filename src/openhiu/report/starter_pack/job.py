"""The job description with its person specification, and the advert: the post as the place set it.

Chosen for the person, not for a clinical or other background; open to as many as can be.
"""

from __future__ import annotations

from typing import Final

from openhiu.paper.blocks import Block, Bullets, Fields, Heading, PageBreak, Paragraph, Table
from openhiu.report import printed
from openhiu.report.starter_pack.sheet import Paper, Sheet, day, paper
from openhiu.report.starter_pack.source import NOT_SAID, Source, lines_or, named

DESCRIPTION: Final = Sheet(
    "job-description",
    "Job description and person specification",
    "What an HIU lead does, and who does it well.",
    "provider's line manager and people team",
    ("area", "hospitals", "provider", "salary", "base", "contract", "supervision", "coaching"),
)
ADVERT: Final = Sheet(
    "advert",
    "Advert for an HIU lead",
    "To find the right person in health, councils, housing and the voluntary sector.",
    "provider's people team",
    ("area", "provider", "salary", "base", "contract", "apply_to", "closing", "interviews"),
)
EQUIPMENT: Final = ("a telephone", "a laptop")
_BEFORE_IT_GOES_OUT: Final = (
    "The contract is signed: nobody gives up a job for a post that may not come.",
    "Grade, base and hours are agreed, and somebody is named who answers questions about the post.",
    "It stays open for three weeks, longer over holidays, and closes on a working day.",
    "It can be had in large print, by telephone and in other languages, and says so.",
    (
        "The panel has its day, an exercise taken from the work, and a member who has needed "
        "urgent care often, paid for their time."
    ),
    "Everybody who asks is told when they will hear, and those not chosen are told why.",
)
TRAINING: Final = (
    "Working alongside people whose lives are complicated, and how change comes about",
    "Staying well in demanding work, and noticing early when it gets too much",
    "Finding local services and bringing people together with them",
    "Coaching by telephone",
    "Safeguarding adults and children; lone working; information and confidentiality",
)
_DUTIES: Final = (
    ("Finding and asking", (
        ("Work from the hospital's list of people who attend most, released by a second person; "
        "choose whom to ask first, with a reason that anybody could read."),
        "Ring each person at a safe time, ask what would help, and respect a no.",
        ("Record consent in the person's own terms, organisation by organisation, and ask again "
        "when it is due."))),
    ("Walking alongside", (
        ("Support {low} to {high} people closely, begin with about {new} new people in a quarter, "
        "and have no more than {most} open at once."),
        ("Look for the reason behind the visits: money, housing, loneliness, grief, addiction, "
        "health, or several at once."),
        ("Coach one to one, calm a crisis before it needs an ambulance, and speak up for someone "
        "who is not heard."),
        "Write plans in the client's own words, with what helps when it gets hard.",
        ("Step back slowly, stay open at a distance, and pick up again at once when somebody needs "
        "it."))),
    ("Bringing services together", (
        "Build a network of health, council, housing and voluntary services around each client.",
        ("Prepare and take part in meetings of several organisations; see that what was agreed "
        "happens."),
        "Tell commissioners what was looked for and could not be found.")),
    ("Keeping people and information safe", (
        ("Follow safeguarding procedures, and share without consent only to keep somebody safe, "
        "with the reasons written down."),
        "Keep records on the day, and keep to the lone-visit procedure.",
        "Take part in supervision and coaching, and say when the load is too much.")),
)  # fmt: skip
_PERSON: Final = (
    ("Reads how others feel and stays steady when they are angry or afraid", True, "Interview"),
    ("Gets back up after a hard day, and knows how to look after oneself", True, "Interview"),
    ("Solves problems in ways nobody thought of, and does not let go", True, "Exercise"),
    ("Warm, plain, without judgement, with people from every walk of life", True, "Panel"),
    ("Works well alone and asks for help in good time", True, "Interview, references"),
    ("Has supported people in distress, in paid work, as a volunteer, or in life", True, "Form"),
    ("Negotiates with services that have said no before", True, "Exercise"),
    ("Keeps clear notes; at ease with a telephone and a laptop", True, "Form, exercise"),
    ("Understands confidentiality and safeguarding", True, "Interview"),
    ("Can travel across the area", True, "Form"),
    ("Knows local services and communities", False, "Form"),
    ("Has coached, mentored or interviewed to motivate", False, "Form"),
    ("Has lived through hard times and can draw on it", False, "As they choose to say"),
    ("Speaks a language that is spoken locally", False, "Form"),
)


def description(source: Source) -> Paper:
    """What the lead does, and what sort of person does it well."""
    post = source.go.post
    blocks: list[Block] = [
        _post(source),
        Heading("What the job is for"),
        Paragraph(
            f"Some people in {source.area} come to {source.hospitals_in_words} far more often than "
            "others. Behind the visits there is often something that no emergency department can "
            f"mend. The {post.title} rings them, listens, and stays beside those who say yes until "
            "life is steadier. It is outreach work in the community, and it is not clinical."
        ),
        Heading("What the job is"),
    ]
    limits = _limits(source)
    for title, duties in _DUTIES:
        lines = tuple(duty.format(**limits) for duty in duties)
        blocks += [Heading(title, 3), Bullets(lines)]
    return paper(source, DESCRIPTION, [*blocks, *_looked_after(source), *_specification()])


def _limits(source: Source) -> dict[str, str]:
    """What one lead carries, as [staffing] has it."""
    one = source.locality.staffing
    found = {"low": one.intensive_least, "high": one.intensive_most, "new": one.new_a_quarter,
             "most": one.never_above}  # fmt: skip
    return {key: f"{value:g}" for key, value in found.items()}


def _post(source: Source) -> Fields:
    post = source.go.post
    return Fields("The post", (
        ("Title", post.title),
        ("Employer", source.provider if source.provider != "the provider" else NOT_SAID),
        ("Hours", (f"{post.hours:g} a week, usually weekdays between 9am and 5pm, flexible where "
         "clients need it; no on-call duty at night or at weekends")),
        ("Grade and salary", post.salary or NOT_SAID),
        ("Contract", post.contract or NOT_SAID),
        ("Base", post.base or source.go.host or NOT_SAID),
        ("Answers to", post.answers_to or "the service manager"),
        ("Checks", "Enhanced DBS check, looked at every year; two references"),
    ))  # fmt: skip


def _looked_after(source: Source) -> list[Block]:
    return [
        Heading("How you are looked after"),
        Bullets((
            named(source.go.supervision, "Supervision, at least monthly"),
            named(source.go.coaching, "Coaching from the first week, and a buddy in another area"),
            f"To work with: {printed.listed(lines_or(source.go.equipment, EQUIPMENT))}",
            "A limit on how many people you support, which the software watches with you",
            "Cover for your leave, and a colleague who waits to hear that a visit went well",
        )),
        Paragraph("You will be trained in:"),
        Bullets(lines_or(source.go.training, TRAINING)),
    ]  # fmt: skip


def _specification() -> list[Block]:
    rows = tuple((words, "Essential" if needed else "Desirable", how)
                 for words, needed, how in _PERSON)  # fmt: skip
    return [
        Heading("Person specification"),
        Paragraph(
            "No clinical qualification is asked for. Somebody who registers with a professional "
            "body for other reasons keeps to its standards. What counts is the person."
        ),
        Table("What we look for", ("We look for someone who", "Needed", "How we find out"), rows,
              widths=(3.4, 0.9, 1.4)),
    ]  # fmt: skip


def advert(source: Source) -> Paper:
    """One page that somebody in housing or a charity would stop at."""
    return paper(source, ADVERT, [
        Heading("Where to place it (for the team)"),
        Bullets(_places(source)),
        Heading("Before it goes out (for the team)"),
        Bullets(_BEFORE_IT_GOES_OUT),
        Paragraph("The advert itself begins on the next page."),
        PageBreak(),
        Heading(f"{source.go.post.title}, {source.area}"),
        *_is_it_you(source),
        _post(source),
        Heading("What you get", 3),
        Bullets((
            "Room to act: we agree what should come of it, and you find the way",
            "Supervision, coaching and a buddy from the start",
            "A caseload that stays small enough to know everyone by name",
            "Leads across the country to learn from",
        )),
        *_applying(source),
    ])  # fmt: skip


def _is_it_you(source: Source) -> list[Block]:
    return [
        Paragraph(
            "Do people tell you things they tell nobody else? Do you see a way where others see a "
            "wall?", "Is this you?",
        ),
        Paragraph(
            f"Every week the same people come to {source.hospitals_in_words}, because of pain, "
            "fear, debt, drink, grief, or because nobody else is awake. You ring them and ask what "
            "would help. Then you walk with them, at their pace, until they need you less."
        ),
        Paragraph(
            "You need no clinical training. You may come from housing, a charity, a prison, a "
            "school, a call centre, a faith group, care work or a ward. You need warmth, stamina "
            "and inventiveness."
        ),
    ]  # fmt: skip


def _applying(source: Source) -> list[Block]:
    post = source.go.post
    return [
        Heading("How to apply", 3),
        Fields("Applying", (
            ("Apply to", post.apply_to or NOT_SAID),
            ("Closing date", day(post.closing)),
            ("Interviews", (f"{day(post.interviews)}; someone with lived experience of needing "
             "urgent care often is on the panel")),
            ("Talk to us first", source.contact or NOT_SAID),
        )),
        Paragraph(
            "We welcome people of every background and experience, and flexible or shared working. "
            "Tell us what you need for the interview and we will arrange it."
        ),
    ]  # fmt: skip


def _places(source: Source) -> tuple[str, ...]:
    return (
        f"Voluntary, faith and community groups in {source.area}",
        "Social care and housing teams of the councils, and housing associations",
        "Drug and alcohol services, and mental health charities",
        f"Staff pages of {source.hospitals_in_words}",
        "NHS Jobs and the websites of the partners; job centres",
    )
