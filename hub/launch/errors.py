"""The one error of the launch."""


class LaunchError(Exception):
    """Something on the machine is in the way; the text says, in Swedish, what to do."""
