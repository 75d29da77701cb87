"""Making a document: what was set, delivered and counted comes in; its files, and what a
page draws of it, go out.
"""
