"""Words for a first call that open rather than close: data, shown on the card beside the phone."""

from __future__ import annotations

from typing import Final

OPENING: Final = (
    (
        "Hello, is that {name}? My name is {me}. Is now a good time, and is it all right to talk "
        "where you are?"
    ),
    (
        "I am not ringing about anything you did wrong. I help people who have had a hard time. "
        "I wondered how things are for you."
    ),
    "I am not from the ward and I will not tell you to stay away from A&E. If you need it, go.",
)
ASKING: Final = (
    "What has been going on for you these last months?",
    "What was happening on the days it got too much?",
    "What would make this week a little easier?",
    "Who or what helps, even a bit?",
    "What should I know so that I do not get this wrong?",
)
CLOSING: Final = (
    "You decide whether we talk again. If you say no, that is fine, and nothing is taken away.",
    "May I ring you again on a day that suits you? Which words may I leave if you do not answer?",
)
NOT_SAYING: Final = (
    "How often they came, or that they are on a list, before they feel safe with you.",
    "Advice, promises, or “you should”.",
    (
        "Anything about them to whoever else answers: only your first name, and that you will ring "
        "again."
    ),
)
IF_SOMEONE_ELSE: Final = (
    "Sorry to trouble you, I was hoping to speak with {name}. I will try another time. Thank you."
)
NEUTRAL_MESSAGE: Final = "Hello, this is {me}. I will try again another day. Thank you."
EMERGENCY: Final = (
    "If they may be in danger now: stay on the line, ring 999 on another phone, then tell your "
    "supervisor."
)
