"""The look: NHS pages, form fields and words; knows nothing of people."""
