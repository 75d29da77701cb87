"""The papers of clinical safety: the hazard log and its proof come in; documents go out."""
