"""Who may and who did: users, organisations, roles, and the audit of writes and of looks."""
