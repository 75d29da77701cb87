"""The multi-disciplinary team: meetings, agenda, decisions that become actions, the agreed plan."""
