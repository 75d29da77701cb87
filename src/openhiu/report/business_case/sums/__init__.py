"""The arithmetic of a business case: assumptions come in; pounds go out. No words, no documents."""
