"""`hub sandbox`: the made-up agencies, alone and at run time."""

import contextlib
import signal
from typing import Annotated

import typer

from hub.launch.errors import LaunchError
from hub.launch.processes import Processes
from hub.launch.sandbox import AGENCIES, FAULTS, Sandboxes, folder, running, switch

sandbox = typer.Typer(help="De påhittade myndigheterna", no_args_is_help=True)
_Agencies = Annotated[list[str] | None, typer.Argument(help=f"Vilka: {', '.join(AGENCIES)}. Alla, om inget sägs")]


def _stopped(error: LaunchError) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(2)


@sandbox.command()
def up(
    agencies: _Agencies = None,
    other_ports: Annotated[bool, typer.Option("--andra-portar", help="Lediga portar i stället för de vanliga")] = False,  # noqa: FBT002  an option
) -> None:
    """Start agencies until Ctrl-C, with pages that list the made-up people and what each knows."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    processes = Processes(folder() / "log")
    try:
        chosen = Sandboxes.at(folder(), agencies or (), usual_ports=not other_ports)
        with contextlib.suppress(KeyboardInterrupt):
            chosen.prepare()
            chosen.start(processes)
            processes.wait_until(chosen.answer, 30)
            typer.echo(f"\nPåhittade myndigheter:\n{chosen.told()}\n")
            typer.echo(f"En hubb får veta om dem genom  HUB_ROADS={chosen.roads}")
            typer.echo("Certifikat och nycklar ligger i samma mapp. Avsluta med Ctrl-C.")
            processes.watch()
    except LaunchError as error:
        raise _stopped(error) from None
    finally:
        processes.stop()


@sandbox.command("set")
def set_(
    agency: Annotated[str, typer.Argument(help=f"Vilken: {', '.join(AGENCIES)}")],
    fault: Annotated[str, typer.Argument(help=f"Vad den ska råka ut för: {', '.join(FAULTS)}")],
    seconds: Annotated[float | None, typer.Option(help="Hur länge en långsam väntar")] = None,
) -> None:
    """Have an agency suffer from something, from the next question on; `ok` makes it well."""
    try:
        switch(folder(), agency, fault, seconds)
    except LaunchError as error:
        raise _stopped(error) from None
    typer.echo(f"{agency}: {FAULTS[fault]}")


@sandbox.command()
def show() -> None:
    """Show which agencies run, and what each suffers from."""
    found = running(folder())
    for agency in AGENCIES:
        told = found.get(agency)
        typer.echo(f"{agency:<6} {FAULTS[told['fault']] if told else 'Inte igång'}")
