"""Tiers and reach at national size: how long, how much memory, and equal on every engine."""
