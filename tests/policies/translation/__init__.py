"""The parts of the translation from scenarios to questions."""
