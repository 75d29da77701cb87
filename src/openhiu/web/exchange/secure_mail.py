"""Mail to one secure mailbox over TLS: a parcel comes in; whether it left, and why not, goes out.

Each step of the conversation is taken by itself, because what a broken line means depends on where
it broke: before the text was handed over nothing has left; afterwards nobody can tell.
"""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from openhiu.web.letters.channels import Answer, How, Parcel

_NOT_SET_UP: Final = "Mail is not set up here. Post it, or let them sign in and read it."
_NO_LINE: Final = "The mail server could not be reached."
_BROKE: Final = "The line broke while the letter was being handed over."
_FAULTS: Final = (OSError, smtplib.SMTPException)


@dataclass(frozen=True)
class Mail:
    """How mail leaves here. `tls` is "starttls" or "implicit"; "none" to this machine alone.

    `secure` are domains to which a document about somebody may go; `seconds` is the patience with
    each answer of the server.
    """

    host: str = ""
    port: int = 587
    tls: str = "starttls"
    user: str = ""
    password_file: str = ""
    sender: str = ""
    secure: tuple[str, ...] = ("nhs.net",)
    seconds: float = 20
    authority: str = ""  # a file of certificates to trust instead of the machine's


class SecureMail:
    """The channel. Never raises: each fault is one of four answers."""

    key = "mail"

    def __init__(self, mail: Mail) -> None:
        self.mail = mail

    def why_not_ready(self) -> str:
        """Nothing is sent while no server or no sender is named."""
        return "" if self.mail.host and self.mail.sender else _NOT_SET_UP

    def why_not_to(self, address: str) -> str:
        """Documents go to a mailbox of a secure domain, or of one below it, alone."""
        domain = address.rpartition("@")[2].casefold()
        if any(domain == one or domain.endswith(f".{one}") for one in self.mail.secure):
            return ""
        named = ", ".join(self.mail.secure)
        return (
            f"Documents go by mail to secure mailboxes alone ({named}). Let them sign in and read "
            "it, or post it."
        )

    def look_up(self, key: str) -> Answer | None:  # noqa: ARG002 (the protocol's)
        """A mail server keeps no account that could be asked."""
        return None

    def send(self, parcel: Parcel) -> Answer:
        """One message to one address, in one conversation."""
        why = self._refused(parcel)
        if why:
            return Answer(How.NEVER, why)
        message = self._message(parcel)
        try:
            server = self._connected()
        except smtplib.SMTPResponseException as fault:
            return _answer(fault.smtp_code)
        except (ssl.SSLError, smtplib.SMTPNotSupportedError):
            return Answer(How.LATER, "The mail server does not speak TLS as it should.")
        except _FAULTS:
            return Answer(How.LATER, _NO_LINE)
        try:
            return _handed_over(server, self.mail.sender, parcel.to, message)
        finally:
            with suppress(*_FAULTS):
                server.close()

    def _refused(self, parcel: Parcel) -> str:
        if self.why_not_ready():
            return self.why_not_ready()
        try:
            validate_email(parcel.to)
        except ValidationError:
            return "This is not one mail address."
        return self.why_not_to(parcel.to) if parcel.files else ""

    def _connected(self) -> smtplib.SMTP:
        mail = self.mail
        trust = ssl.create_default_context(cafile=mail.authority or None)
        trust.minimum_version = ssl.TLSVersion.TLSv1_2
        server: smtplib.SMTP
        if mail.tls == "implicit":
            server = smtplib.SMTP_SSL(mail.host, mail.port, timeout=mail.seconds, context=trust)
        else:
            server = smtplib.SMTP(mail.host, mail.port, timeout=mail.seconds)
        try:
            server.ehlo()
            if mail.tls == "starttls":
                server.starttls(context=trust)
                server.ehlo()
            if mail.user:
                server.login(mail.user, Path(mail.password_file).read_text("utf-8").strip())
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, parcel: Parcel) -> bytes:
        """Subject and words are ours and hold nothing about anybody; the address stands alone."""
        message = EmailMessage(policy=SMTP)
        domain = self.mail.sender.rpartition("@")[2]
        message["From"] = Address(addr_spec=self.mail.sender)
        message["To"] = Address(addr_spec=parcel.to)
        message["Subject"] = parcel.subject
        message["Date"] = format_datetime(timezone.now())
        # The same for every try, so that a mailbox that files by it shows one message.
        message["Message-ID"] = f"<{parcel.key}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(parcel.words)
        for file in parcel.files:
            main, _, sub = file.media_type.partition("/")
            message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
        return message.as_bytes()


def _handed_over(server: smtplib.SMTP, sender: str, to: str, message: bytes) -> Answer:
    """From the envelope to the last dot."""
    try:
        for code, _ in (server.mail(sender), server.rcpt(to), server.docmd("DATA")):
            if code not in (250, 251, 354):
                return _answer(code)
    except _FAULTS:
        return Answer(How.LATER, _NO_LINE)
    try:
        server.send(_dotted(message))
        code, said = server.getreply()
    except _FAULTS:
        return Answer(How.UNSURE, _BROKE)
    if code != 250:
        return _answer(code)
    with suppress(*_FAULTS):
        server.quit()
    return Answer(How.SENT, receipt=said.decode("ascii", "replace"))


def _dotted(message: bytes) -> bytes:
    """Lines as SMTP ends them, a dot before each that begins with one, and the dot that ends."""
    lines = message.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    stuffed = [b"." + line if line.startswith(b".") else line for line in lines]
    return b"\r\n".join(stuffed).rstrip(b"\r\n") + b"\r\n.\r\n"


def _answer(code: int) -> Answer:
    """What a refusal means: 4xx passes, 5xx stays, anything else nobody knows."""
    if 400 <= code < 500:
        return Answer(How.LATER, f"The mail server asked us to try later ({code}).")
    if 500 <= code < 600:
        return Answer(How.NEVER, f"The mail server does not take it ({code}). {_means(code)}")
    return Answer(How.UNSURE, f"The mail server said something unexpected ({code}).")


def _means(code: int) -> str:
    return _WORDS.get(code, "Check the mailbox with the organisation.")


_WORDS: Final[dict[int, str]] = {
    530: "It wants us to sign in: ask whoever runs this service.",
    535: "Our sign-in is wrong: ask whoever runs this service.",
    550: "There is no such mailbox, or it takes nothing from us. Check it with the organisation.",
    552: "The mailbox is full, or the document too large.",
}


def mail_of(settings: Any) -> Mail:
    """What the settings say (config.mail)."""
    return Mail(**getattr(settings, "MAIL", {}))
