"""Samverkanshubben: agencies work around one person, and every secrecy border stays where the law has it."""
