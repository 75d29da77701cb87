"""What is too large is refused before it is read, and before anybody is known."""

from __future__ import annotations

import pytest
from django.test import Client

from support.web import make_member, make_service, sign_in

pytestmark = pytest.mark.django_db


def test_a_stranger_sends_no_more_than_a_form() -> None:
    said = "x" * 100_001
    assert Client().post("/sign-in/", said, content_type="text/plain").status_code == 413


def test_a_members_upload_has_a_limit_of_its_own(client: Client) -> None:
    sign_in(client, make_member(make_service()))
    small = client.post("/lists/sent/upload/", "x" * 100_001, content_type="text/plain")
    large = client.post("/lists/sent/upload/", "x", content_type="text/plain",
                        headers={"Content-Length": "210000001"})  # fmt: skip
    assert small.status_code != 413
    assert large.status_code == 413
