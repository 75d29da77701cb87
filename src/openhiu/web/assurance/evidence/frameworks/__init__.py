"""The frameworks an assessor asks by, one TOML file each; every answer points at what shows it."""
