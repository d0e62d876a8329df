"""`python -m adapters.sandbox soc|af|fk|psyk`: one agency, as a process of its own."""

import sys

from adapters.sandbox.common.agency import FOLDERS
from adapters.sandbox.common.serving import Place, run


def main() -> int:
    """Run the agency that the command line names."""
    if len(sys.argv) != 2 or sys.argv[1] not in FOLDERS:  # noqa: PLR2004  the program and one word
        sys.stderr.write(f"Vilken myndighet? Välj en av: {', '.join(FOLDERS)}\n")
        return 2
    run(Place.from_environment(sys.argv[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
