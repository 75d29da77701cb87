"""A caseload becomes its activity: what each client has done since, and how fresh that is."""
