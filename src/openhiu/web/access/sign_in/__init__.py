"""Signing in: passwords, second factors and identity providers, on top of django-allauth."""
