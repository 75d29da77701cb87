"""Who does the work: hours, leave and cover, supervision, training, and their own wellbeing."""
