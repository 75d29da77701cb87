"""Open Referral UK (HSDS 3.0) as JSON: files come in and go out, and nothing in between is lost."""
