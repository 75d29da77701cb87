"""The whole-system network: services, what they take, their hours, and who answers out of hours."""
