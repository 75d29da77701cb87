"""Where commissioners set their area, see its tiers and make the documents of the case for it."""
