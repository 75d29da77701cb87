"""The business case: tiers, staffing, perhaps an evaluation, and a place come in; the document that
asks for the money goes out, every number with its source and nothing left as a gap.
"""
