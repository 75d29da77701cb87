"""Letters and cards to clients, practices and partners, and the outbox they leave by."""
