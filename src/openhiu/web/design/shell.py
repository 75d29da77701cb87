"""What every page wears around its content; the access room fills it in, layout.html draws it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Link:
    """One entry of the navigation or the footer; `count` is shown beside it when above nought."""

    label: str
    url: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Alert:
    """Something that cannot wait: a sentence, and where one sees to it."""

    words: str
    url: str
    link: str


@dataclass(frozen=True)
class Account:
    """Who is signed in, as what and where; `links` lead to their own pages."""

    name: str
    role: str
    service: str
    sign_out_url: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class SessionClock:
    """How long the session lasts: seconds left when the page was drawn, and where to ask again.

    `state_url` answers GET with {"remaining": seconds} and must not extend the session;
    `stay_url` takes a POST that does; `lock_url` is where the page goes at the limit.
    """

    remaining: int
    state_url: str
    stay_url: str
    lock_url: str
    warn: int = 120


@dataclass(frozen=True)
class Shell:
    """The frame of a page. Everything is optional: a page for nobody in particular has none."""

    home_url: str = "/"
    navigation: tuple[Link, ...] = ()
    account: Account | None = None
    session: SessionClock | None = None
    search_url: str = ""
    drafts_url: str = ""
    demo: str = ""
    important: str = ""
    alerts: tuple[Alert, ...] = ()
    footer: tuple[Link, ...] = field(default_factory=tuple)
    footer_note: str = ""
    worried_url: str = ""
