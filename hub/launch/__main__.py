"""`python -m hub.launch up | assets`."""

import sys

from hub.launch import assets, up
from hub.launch.errors import LaunchError

#: What a shell reports for a program that Ctrl-C ended.
INTERRUPTED = 130
COMMANDS = {"up": up.up, "assets": assets.build}


def main() -> int:
    """Run the command named on the command line; what is in the way is told in one text, without a traceback."""
    try:
        COMMANDS[sys.argv[1]]()
    except LaunchError as error:
        sys.stderr.write(f"\n{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nAvbrutet. Kör kommandot igen, så fortsätter det där det var.\n")
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
