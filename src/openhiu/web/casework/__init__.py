"""Walking alongside: consent, contacts, needs, plan, and the phases of support."""
