"""What was written for readers: an evaluation, a report or a folder of documents comes in; what it
says in short, what is missing and where it lies go out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openhiu.terminal.listing import show_list
from openhiu.terminal.printing import out, plain, show_lines
from openhiu.terminal.receiving import show_received, show_trust

if TYPE_CHECKING:
    from openhiu.programme import BoardMade, Demonstration, EvaluationMade
    from openhiu.programme.documents import Made


def show_evaluation(made: EvaluationMade) -> None:
    """The three lines of each window in words, what to note, and where the files are."""
    console, result = out(), made.result
    if not result["windows"]:
        console.print("Nothing can be estimated: no hospital has both a list and a service.")
    for window in result["windows"].values():
        for outcome in window.values():
            if outcome["primary"]:
                console.print(plain(outcome["title"]), style="bold", soft_wrap=True)
                show_lines(outcome["sentences"])
    for line in result["findings"]:
        console.print(plain(f"To put right: {line}"), soft_wrap=True)
    for line in result["warnings"]:
        console.print(plain(f"Note: {line}"), soft_wrap=True)
    names = ", ".join(str(path.relative_to(made.out)) for path in made.written)
    console.print(plain(f"Written to {made.out}: {names}"), soft_wrap=True)


def show_board_report(made: BoardMade) -> None:
    """What was written, what could not be, and what a person should look at."""
    console = out()
    console.print(plain(made.title), style="bold", soft_wrap=True)
    for line in made.left_out:
        console.print(plain(f"Left out: {line}"), soft_wrap=True)
    for line in made.warnings:
        console.print(plain(f"Look at this: {line}"), soft_wrap=True)
    if made.again and not made.different:
        show_lines(["Every byte is the same as in the report that was kept."])
    for name in made.different:
        console.print(plain(f"Not the same as it was kept: {name}"), soft_wrap=True)
    names = ", ".join(path.relative_to(made.out).as_posix() for path in made.written)
    console.print(plain(f"Written to {made.out}: {names}"), soft_wrap=True)


def show_folder(made: Made) -> None:
    """The answer in short, what nobody has said yet, and where the documents lie."""
    console = out()
    console.print(plain(made.title), style="bold", soft_wrap=True)
    show_lines(made.lines)
    for what, remedy in made.missing:
        console.print(plain(f"Still to be said: {what}. {remedy}"), soft_wrap=True)
    for line in made.warnings:
        console.print(plain(f"Look at this: {line}"), soft_wrap=True)
    names = ", ".join(sorted(path.name for path in made.written if path.parent == made.out))
    console.print(plain(f"Written to {made.out}: {names}"), soft_wrap=True)


def show_demonstration(shown: Demonstration) -> None:
    """The whole story, step by step, and where to look next."""
    console = out()
    console.rule("1. A made-up trust")
    show_trust(shown.trust, shown.trust_folder)
    console.rule("2. hiu extract: its files become activity")
    show_received(shown.received)
    console.rule("3. hiu identify: activity becomes the list")
    show_list(shown.made, show_people=True)
    console.rule("4. Why is this person on the list, and why is that one not?")
    show_lines(shown.explained)
    console.rule("Where to look next")
    show_lines(shown.next_steps)
