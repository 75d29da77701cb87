"""Organisations, services, people who sign in, and the roles they hold."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone


class Organisation(models.Model):
    """A legal body: who runs a service, who sends the list, who pays, who helps."""

    class Kind(models.TextChoices):
        PROVIDER = "provider", "Provider of the service"
        HOSPITAL = "hospital", "Hospital trust"
        COMMISSIONER = "commissioner", "Commissioner"
        PARTNER = "partner", "Partner organisation"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200, unique=True)
    ods_code = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return self.name


def weekdays_nine_to_five() -> list[list[str] | None]:
    """Monday to Sunday, each ["09:00", "17:00"] or None: the hours of the service specification."""
    return [["09:00", "17:00"] for _ in range(5)] + [None, None]


class Service(models.Model):
    """One commissioned HIU service. Limits are local settings; the defaults are the seeds'."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    new_each_quarter = models.PositiveSmallIntegerField(default=15)
    together_low = models.PositiveSmallIntegerField(default=12)
    together_high = models.PositiveSmallIntegerField(default=15)
    open_at_most = models.PositiveSmallIntegerField(default=50)
    purge_after_days = models.PositiveSmallIntegerField(default=90)
    consent_review_months = models.PositiveSmallIntegerField(default=6)
    # Where the analyst's "re-run for updates" finds the activity store; empty: not configured.
    store = models.CharField(max_length=500, blank=True)
    out_of_hours = models.TextField(blank=True)  # who answers when the lead does not
    # Here and not in the team's room: the page for signing in says when somebody answers.
    opening = models.JSONField("opening hours", default=weekdays_nine_to_five)
    closed_days = models.JSONField(default=list, blank=True)  # [["2026-12-24", "Christmas Eve"]]
    pause_before_leave = models.PositiveSmallIntegerField(
        "days at work before leave without new people", default=5
    )
    # Whether more people than a week's part of the quarter need a reason, or are only mentioned.
    steady_weeks = models.BooleanField("a reason for more than the week's part", default=False)
    # A role that nobody confirmed for 90 days rests after these, until somebody does.
    attest_grace_days = models.PositiveSmallIntegerField(
        "days of grace for a role nobody confirmed", default=14
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Hospital(models.Model):
    """A receiving hospital of a service, by the site code its lists carry."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="hospitals")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    site_code = models.CharField(max_length=10)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "site_code"], name="one_hospital_a_site")
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """The people who cover for each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class UserBook(BaseUserManager["User"]):
    """Finds users; new ones come by invitation only."""

    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        """Make a user with a hashed password, or an unusable one where none is given."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in. One account a person: shared logins hide who acted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # Django asks for it; no admin site is served
    made_at = models.DateTimeField(default=timezone.now)
    # Sessions begun before this moment are dead: set at disabling and when a role changes.
    sessions_valid_from = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = UserBook()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What someone is here. The nine of the role matrix."""

    LEAD = "lead", "HIU lead"
    SUPERVISOR = "supervisor", "Service manager or supervisor"
    PARTNER = "partner", "Partner"
    ANALYST = "analyst", "Hospital analyst"
    COMMISSIONER = "commissioner", "Commissioner"
    AUDITOR = "auditor", "Information governance"
    ADMIN = "admin", "System administrator"
    SAFEGUARDING = "safeguarding", "Safeguarding lead"
    COVER = "cover", "Cover"


class Membership(models.Model):
    """One role of one user in one service; a session acts under exactly one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    attested_at = models.DateTimeField(default=timezone.now)  # confirmed still right; 90 days

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "service", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="one_such_role_at_a_time",
            )
        ]


class Invitation(models.Model):
    """A one-time link that makes an account; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(blank=True)  # empty: the first administrator says who they are
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # A second person agrees before an administrator or auditor can join.
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A code that stands in for a lost second factor, once; only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
