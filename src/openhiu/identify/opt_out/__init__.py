"""The national data opt-out: a list comes in; whom a reply leaves in goes out, and nobody else."""
