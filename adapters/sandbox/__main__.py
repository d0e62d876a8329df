"""`python -m adapters.sandbox AGENCY`: one agency, as a process of its own. Ours by its word, another by its module."""

import sys

from adapters.sandbox.common.agency import FOLDERS
from adapters.sandbox.common.serving import Place, run


def main() -> int:
    """Run the agency that the command line names."""
    if len(sys.argv) != 2 or (sys.argv[1] not in FOLDERS and "." not in sys.argv[1]):  # noqa: PLR2004  the program and one word
        sys.stderr.write(
            f"Vilken myndighet? Välj en av: {', '.join(FOLDERS)}, eller en egen modul med punkt i namnet\n"
        )
        return 2
    run(Place.from_environment(sys.argv[1]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
