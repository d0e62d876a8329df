"""The picture in README, made of the running product."""
