"""Why a model is not in the copy somebody is given of what is held about them: the reasons."""

from __future__ import annotations

from typing import Final

_STAFF: Final = "about members of staff and partners, and their work"
_NOBODY: Final = "about no individual"
_SIGN_IN: Final = "how colleagues sign in"
_COPY: Final = "the making of the copy itself; what is held back is told in general"
_REASONS: Final = {
    _NOBODY: (
        "intake.ReceivedList intake.Rerun monitoring.Feed monitoring.FeedFault "
        "monitoring.StoreLook monitoring.EarlyWarningRules letters.Letterhead letters.LocalWords "
        "letters.PostalAddress letters.Reconciled directory.Listing directory.Proposal "
        "reporting.KeptFile reporting.Evaluation reporting.Report reporting.Making "
        "reporting.ReportWords commissioning.AreaVersion commissioning.Tiers "
        "commissioning.Comparison commissioning.Document commissioning.Making access.Organisation "
        "access.Service access.Hospital access.Team access.Agreement access.AgreementParty "
        "access.Gateway access.SealKey people.TraceReply assurance.Reminded "
        "assurance.PublishedText assurance.RegisterSettings assurance.RetentionRules "
        "assurance.Certificate assurance.Assessment assurance.Beginning assurance.SafetyDecision "
        "assurance.SafetyConcern"
    ),
    _STAFF: (
        "casework.LimitPassed team.WorkingPattern team.Leave team.Cover team.Talk team.Training "
        "team.DbsCheck team.Buddy team.TalkWish team.BusySpell team.CareSettings team.StrainCheck "
        "team.PrivateNote team.CalendarKey mdt.Group mdt.GroupMember mdt.Meeting mdt.Attendance "
        "access.Membership access.SavedView access.Announcement access.Draft access.Posted "
        "people.SearchPace assurance.Registration assurance.Lesson "
        "assurance.Officer assurance.Confirmation"
    ),
    _SIGN_IN: (
        "access.User access.Invitation access.RecoveryCode access.Kept account.EmailAddress "
        "account.EmailConfirmation mfa.Authenticator socialaccount.SocialApp "
        "socialaccount.SocialAccount socialaccount.SocialToken auth.Permission auth.Group "
        "contenttypes.ContentType sessions.Session axes.AccessFailureLog axes.AccessAttempt "
        "axes.AccessAttemptExpiration axes.AccessLog"
    ),
    _COPY: "assurance.ItemReview assurance.AccessPack",
    "only the hospital's own key, emptied with the list; the hospital can say": "intake.Change",
    "earlier versions: they stand with the row that they are of": (
        "pghistory.Context pghistory.Events pghistory.MiddlewareEvents"
    ),
}
LEFT_OUT: Final = {model: reason for reason, models in _REASONS.items() for model in models.split()}
