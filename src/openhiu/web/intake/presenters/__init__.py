"""Rows and lists as pages show them: what is stored comes in, words and colours go out."""
