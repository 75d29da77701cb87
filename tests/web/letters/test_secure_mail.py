"""Mail against real servers that behave, that refuse, that hang and that hang up."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from openhiu.errors import ConfigurationFault
from openhiu.web.access.models import Membership, User
from openhiu.web.config.mail import mail
from openhiu.web.exchange.nudge import nudges
from openhiu.web.exchange.secure_mail import Mail, SecureMail
from openhiu.web.letters.channels import Answer, File, How, Parcel

PARCEL = Parcel(
    "key-1", "practice@riverside.nhs.net", "A document for your organisation",
    "Words.\n.A line that begins with a dot.\n", (File("letter.pdf", b"%PDF\r\n.\r\nrest"),),
)  # fmt: skip


class Server:
    """What a mail server does at each step, and what it took over."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.to: list[str] = []
        self.say: dict[str, str] = {}
        self.hang: set[str] = set()
        self.drop: set[str] = set()
        self.done = Event()

    async def step(self, name: str, server: SMTP) -> str | None:
        import asyncio

        if name in self.drop:
            server.transport.abort()
            return "421 gone"
        if name in self.hang:
            while not self.done.is_set():
                await asyncio.sleep(0.01)
        return self.say.get(name)

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str,  # noqa: N802
                          options: Any) -> str:  # fmt: skip
        envelope.mail_from = address
        return await self.step("mail", server) or "250 ok"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str,  # noqa: N802
                          options: Any) -> str:  # fmt: skip
        envelope.rcpt_tos.append(address)
        self.to.append(address)
        return await self.step("rcpt", server) or "250 ok"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(envelope.content)
        return await self.step("data", server) or "250 taken as 4711"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for this machine, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime(2020, 1, 1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now.replace(year=2120))
        .add_extension(x509.SubjectAlternativeName(
            [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                          serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return path


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.done.set()


@pytest.fixture
def running(server: Server, certificate: Path) -> Iterator[Callable[..., SecureMail]]:
    """Starts the server, with STARTTLS unless told, and gives a channel to it."""
    begun: list[Controller] = []

    def begin(tls: str = "starttls", **more: Any) -> SecureMail:
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trust.load_cert_chain(certificate)
        wanted: dict[str, Any] = {}
        if tls == "starttls":
            wanted = {"tls_context": trust, "require_starttls": True}
        elif tls == "implicit":
            wanted = {"ssl_context": trust}
        users = more.pop("users", None)
        if users:
            wanted |= {"authenticator": users, "auth_required": True}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        controller = Controller(server, hostname="127.0.0.1", port=port, **wanted)
        controller.start()
        begun.append(controller)
        facts = {"host": "127.0.0.1", "port": port, "tls": tls, "sender": "hiu@tees.nhs.net",
                 "authority": str(certificate), "seconds": 2} | more  # fmt: skip
        return SecureMail(Mail(**facts))

    yield begin
    server.done.set()
    for controller in begun:
        controller.stop()


def message_of(server: Server) -> Message:
    [raw] = server.taken
    return message_from_bytes(raw, policy=default)


@pytest.mark.parametrize("tls", ["starttls", "implicit", "none"])
def test_it_is_handed_over_to_one_address(
    running: Callable[..., SecureMail], server: Server, tls: str
) -> None:
    assert running(tls).send(PARCEL) == Answer(How.SENT, "", "taken as 4711")
    assert server.to == ["practice@riverside.nhs.net"]
    message = message_of(server)
    assert message["To"] == "practice@riverside.nhs.net"
    assert message["Cc"] is message["Bcc"] is None
    assert message["Subject"] == "A document for your organisation"
    assert message["Message-ID"] == "<key-1@tees.nhs.net>"
    body, file = message.iter_parts()  # type: ignore[attr-defined]
    assert body.get_content().replace("\r\n", "\n") == PARCEL.words
    assert (file.get_filename(), file.get_content()) == ("letter.pdf", PARCEL.files[0].content)


def test_it_signs_in_where_the_server_asks(
    running: Callable[..., SecureMail], server: Server, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("open sesame\n")

    def users(_s: Any, _session: Any, _e: Any, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(
            success=(data.login, data.password) == (b"hiu", b"open sesame"), handled=False
        )

    right = running(users=users, user="hiu", password_file=str(secret))
    assert right.send(PARCEL).how is How.SENT
    secret.write_text("wrong")
    assert right.send(PARCEL).how is How.NEVER


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
@pytest.mark.parametrize(
    ("said", "how"),
    [("451 canary", How.LATER), ("421 closing", How.LATER), ("550 go away canary", How.NEVER),
     ("552 canary", How.NEVER)],
)  # fmt: skip
def test_a_refusal_is_told_by_its_number(
    running: Callable[..., SecureMail], server: Server, step: str, said: str, how: How
) -> None:
    server.say[step] = said
    answer = running().send(PARCEL)
    assert answer.how is how
    assert said[:3] in answer.why
    assert said[4:] not in answer.why  # what a server says is not ours to show


@pytest.mark.parametrize("what", ["hang", "drop"])
@pytest.mark.parametrize(
    ("step", "how"), [("mail", How.LATER), ("rcpt", How.LATER), ("data", How.UNSURE)]
)
def test_before_the_text_nothing_left_and_after_it_nobody_knows(
    running: Callable[..., SecureMail], server: Server, what: str, step: str, how: How
) -> None:
    getattr(server, what).add(step)
    assert running(seconds=0.3).send(PARCEL).how is how


def test_no_server_at_all_is_a_fault_that_passes() -> None:
    gone = SecureMail(Mail(host="127.0.0.1", port=9, sender="a@nhs.net", seconds=1))
    assert gone.send(PARCEL).how is How.LATER


def test_a_server_that_nobody_vouches_for_gets_nothing(
    running: Callable[..., SecureMail], server: Server
) -> None:
    assert running(authority="").send(PARCEL).how is How.LATER
    assert server.to == server.taken == []


def test_a_server_without_tls_gets_nothing(
    running: Callable[..., SecureMail], server: Server
) -> None:
    plain = running("none")
    strict = SecureMail(Mail(**{**vars(plain.mail), "tls": "starttls"}))
    assert strict.send(PARCEL).how is How.LATER
    assert server.taken == []


@pytest.mark.parametrize(
    "to",
    ["a@nhs.net, b@nhs.net", "a@nhs.net\r\nBcc: b@nhs.net", "a@nhs.net;b@nhs.net", "", "nhs.net",
     "a@evilnhs.net", "a@nhs.net.example.org", "a@example.org"],
)  # fmt: skip
def test_anything_but_one_secure_address_gets_no_document(
    running: Callable[..., SecureMail], server: Server, to: str
) -> None:
    answer = running().send(Parcel(PARCEL.key, to, PARCEL.subject, PARCEL.words, PARCEL.files))
    assert answer.how is How.NEVER
    assert server.to == server.taken == []


def test_a_notice_without_a_document_goes_to_any_mailbox(
    running: Callable[..., SecureMail], server: Server
) -> None:
    notice = Parcel("key-2", "office@charity.example.org", "A document", "Sign in to read it.")
    assert running().send(notice).how is How.SENT


def test_the_settings_refuse_what_is_not_safe() -> None:
    assert mail({}) == {}
    ours = {"OPENHIU_MAIL_HOST": "mail.nhs.net", "OPENHIU_MAIL_FROM": "hiu@tees.nhs.net"}
    made = SecureMail(Mail(**mail(ours)))
    assert (made.mail.port, made.mail.tls, made.why_not_ready()) == (587, "starttls", "")
    assert made.why_not_to("x@y.NHS.net") == ""
    for wrong in ({"OPENHIU_MAIL_TLS": "none"}, {"OPENHIU_MAIL_TLS": "yes"},
                  {"OPENHIU_MAIL_FROM": "hiu"}, {"OPENHIU_MAIL_PORT": "x"}):  # fmt: skip
        with pytest.raises(ConfigurationFault):
            mail(ours | wrong)
    assert "not set up" in SecureMail(Mail()).why_not_ready()
    assert SecureMail(Mail()).send(PARCEL).how is How.NEVER


def test_what_cannot_wait_is_nudged_by_mail_and_says_nothing_of_what_it_is(
    server: Server, running: Callable[..., SecureMail]
) -> None:
    member = Membership(user=User(email="nia@riverside.example", name="Nia Bowen"))
    nudges(running())(member)
    sent = message_of(server)
    assert server.to == ["nia@riverside.example"]
    assert "cannot wait" in sent.get_content()
    assert "Nia" not in sent.as_string()


def test_without_a_mail_server_a_nudge_is_not_missed() -> None:
    nudges(SecureMail(Mail()))(Membership(user=User(email="nia@riverside.example", name="Nia")))
