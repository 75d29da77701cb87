"""Evidence for whoever has to say yes: questions with what shows the answer; packs go out."""
