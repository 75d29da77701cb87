"""The papers a new service needs before its first call: settings of a place come in; drafts that
can be edited go out.
"""
