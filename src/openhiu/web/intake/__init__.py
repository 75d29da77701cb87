"""The list arrives; the lead chooses, calls, and records yes, no or not now."""
