"""Assurance: what lets somebody say yes before the service begins, and show it any day after."""
