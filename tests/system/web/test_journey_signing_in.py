"""Signing in: invited by the administrator, a password, then an authenticator app or a passkey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pyotp

from support.someone import PHONE, Someone
from support.stage import Stage

Arrive = Callable[..., Someone]
PASSWORD = "nine quiet herons over the weir"


def new_address(name: str) -> str:
    return f"{name}-{uuid4().hex[:8]}@example.org"


def invite(admin: Someone, email: str, role: str) -> str:
    """The administrator invites someone; the path of the link that only she is shown."""
    admin.goes_to("/roles/").follows("Invite someone")
    admin.writes("E-mail address", email).picks("Role", role).presses("Make the link")
    link = admin.page.locator("#one-time-link").inner_text()
    return "/join/" + link.split("/join/")[1]


def set_up_authenticator(new: Someone) -> tuple[pyotp.TOTP, str]:
    """An app on a phone, and the code it showed then."""
    new.follows("Set up an authenticator app").opens("I cannot use the picture")
    app = pyotp.TOTP(new.page.locator("details code").inner_text().strip())
    for _ in range(2):  # a code may change between reading and typing
        code = app.now()
        new.writes("Code from the app", code).presses("Continue")
        if not new.page.title().startswith("Error"):
            break
    return app, code


def keep_recovery_codes(new: Someone) -> None:
    """They are shown once, when a second factor is set up."""
    new.sees_heading("Recovery codes").presses("Make recovery codes")
    new.sees("Write these down now")
    assert new.page.locator("main code").count() == 10
    new.follows("I have kept them")


def with_a_passkey_device(someone: Someone) -> Any:
    """A phone that unlocks with a finger, as Chromium's own virtual authenticator."""
    cdp = someone.page.context.new_cdp_session(someone.page)
    cdp.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
               "hasUserVerification": True, "isUserVerified": True,
               "automaticPresenceSimulation": True}  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return cdp


def show_code(someone: Someone, app: pyotp.TOTP) -> None:
    """Type the app's code; the next one where it changed between reading and typing."""
    for _ in range(2):
        someone.writes("Code", app.now()).presses("Sign in")
        if not someone.page.title().startswith("Error"):
            return


def sign_in_again(someone: Someone, email: str, password: str = PASSWORD) -> Someone:
    someone.writes("E-mail address", email).writes("Password", password)
    return someone.presses("Sign in")


def test_someone_invited_joins_and_signs_in_with_password_and_authenticator(
    at_browser: Arrive, stage: Stage, device: dict[str, Any]
) -> None:
    email, name = new_address("ffion"), "Ffion Clarke" if device is PHONE else "Emrys Vaughan"
    link = invite(at_browser("kit"), email, "HIU lead")
    new = at_browser(on=device).goes_to(link)
    new.writes("Your full name", name).writes("Choose a password", "password1234567")
    new.presses("Continue").sees("There is a problem")
    new.writes("Choose a password", PASSWORD).presses("Continue").sees_heading("Sign in")
    sign_in_again(new, email).sees_heading("Protect your account")
    app, used = set_up_authenticator(new)
    keep_recovery_codes(new)
    new.presses("Sign out").sees_heading("signed out")
    new.goes_to("/").sees_heading("Sign in")
    sign_in_again(new, email).sees_heading("Second step")
    new.writes("Code", used).presses("Sign in").sees("There is a problem")
    stage("half_a_minute_later")
    show_code(new, app)
    new.goes_to("/").sees("My caseload")
    at_browser().goes_to(link).sees_heading("This link does not work")


def test_a_passkey_signs_in_without_a_password(at_browser: Arrive) -> None:
    email = new_address("gwen")
    link = invite(at_browser("kit"), email, "HIU lead")
    new = at_browser(on=PHONE).goes_to(link)
    phone = with_a_passkey_device(new)
    new.writes("Your full name", "Gwen Hale").writes("Choose a password", PASSWORD)
    new.presses("Continue")
    sign_in_again(new, email).follows("Add a passkey")
    new.writes("Name of this passkey", "Work phone").presses("Add a passkey")
    keep_recovery_codes(new)
    new.presses("Sign out").goes_to("/").takes_picture("sign-in-phone")
    new.presses("Sign in with a passkey").goes_to("/").sees("My caseload")
    phone.detach()


def test_a_wrong_password_says_nothing_about_whether_there_is_an_account(
    at_browser: Arrive,
) -> None:
    nobody = at_browser().goes_to("/").takes_picture("sign-in-desk")
    said = []
    for email in ("asha@demo.invalid", "nobody@example.org"):
        sign_in_again(nobody.goes_to("/sign-in/"), email, "not the password at all")
        said.append(nobody.page.locator(".nhsuk-error-summary").inner_text())
    assert said[0] == said[1] != ""


def test_what_is_signed_in_only_leads_to_signing_in(at_browser: Arrive, stage: Stage) -> None:
    nobody = at_browser()
    for path in ("/", "/clients/", "/lists/hospitals/", "/people/find/", "/audit/", "/account/"):
        nobody.goes_to(path).sees_heading("Sign in").never_sees(*stage("names"))
