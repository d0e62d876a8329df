"""Asking the agencies, within a permit: the port they answer through, gathering, and what a person pins of it."""
