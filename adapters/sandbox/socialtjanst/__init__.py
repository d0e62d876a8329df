"""Björkå socialtjänst, made up."""
