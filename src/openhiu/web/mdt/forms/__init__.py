"""Forms of the mdt room: teams and meetings, what is said and done, the agreed plan."""
