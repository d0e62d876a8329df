"""Figures: what the hub can do, measured in one run (`make bench`)."""
