"""Who someone is and how to be in touch with them safely."""
