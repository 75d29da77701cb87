"""Keeping what must not be lost: a running service comes in; sealed backups and proofs go out."""
