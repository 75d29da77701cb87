"""Signing in through an identity provider: NHS CIS2, Entra and others, by OpenID Connect."""
