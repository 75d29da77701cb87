"""The web application: people see and write here what the analytics rooms cannot know."""
