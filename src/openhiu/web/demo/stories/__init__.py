"""Made-up lives, one TOML file each: what brought someone, what helped, in words people use."""
