"""Clinical safety as data: hazards, their controls and the tests that prove them; papers go out."""
