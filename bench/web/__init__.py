"""The pages under load: a made-up service comes in; answers a second and waiting times go out."""
