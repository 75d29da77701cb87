"""What people do with activity: look at a client's, and deliver it. HTTP only."""
