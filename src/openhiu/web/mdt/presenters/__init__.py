"""Words of the mdt room: rows come in, what a page says goes out."""
