"""The service specification: tiers, a place and the criteria of the list come in; the contract's
words go out, so made that they cannot say anything else than the list does.
"""
