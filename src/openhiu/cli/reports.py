"""The verb that writes what a board reads: `hiu report`, one command a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from openhiu import programme, terminal
from openhiu.cli.options import PATH, Day, hiu, json_too, print_json, where_it_runs


@hiu.group()
def report() -> None:
    """Write the reports that keep the service honest and funded."""


@report.command()
@click.option("--evaluation", type=PATH, help="The folder that hiu evaluate wrote.")
@click.option("--facts", type=PATH, help="What the service did and heard: service_facts.json.")
@click.option("--store", type=PATH, help="The activity store, for the locality file in it.")
@click.option("--locality", type=PATH, help="Money, risks and logic model (a TOML file).")
@click.option("--previous", type=PATH, help="The folder of last quarter's report.")
@click.option("--as-of", type=Day(), help="The date of the report.")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier report is replaced.")
@click.option("--again", type=PATH, help="Make the report of this folder once more and compare.")
@json_too
def board(as_json: bool, **options: Any) -> int:
    """Write the quarterly board report: one page for everyone, the detail, the method."""
    wanted = programme.BoardOptions(**options)
    with terminal.working("Board report", quiet=as_json) as say:
        made = programme.make_board_report(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_board_report(made)
    return made.exit_code


@report.command()
@click.option("--store", type=PATH, required=True, help="The activity store.")
@click.option("--as-of", type=Day(), required=True, help="The first day that does not count.")
@click.option("--year", help="A financial year that is over, such as 2025/26; else the 12 months.")
@click.option("--locality", type=PATH, help="Places, hospitals and prices (a TOML file).")
@click.option("--preset", help="Whose counting rules to use; its thresholds are not used.")
@click.option("--criteria", type=PATH, help="The same from a criteria file.")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier one is replaced.")
@where_it_runs
@json_too
def tiers(as_json: bool, **options: Any) -> int:
    """Count people, contacts and costs by tier, for each hospital, each place and the area."""
    wanted = programme.TiersOptions(**options)
    with terminal.working("Tiers", quiet=as_json) as say:
        made = programme.make_tiers(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code


@report.command()
@click.option("--store", type=PATH, help="The activity store; the tiers are counted from it.")
@click.option("--as-of", type=Day(), help="With --store: the first day that does not count.")
@click.option("--tiers", type=PATH, help="The folder that hiu report tiers wrote, instead.")
@click.option("--roster", type=PATH, help="Who was asked and supported (CSV), for own experience.")
@click.option("--locality", type=PATH, help="Places, leads in post and [staffing] (a TOML file).")
@click.option("--exact", is_flag=True, help="Use exact counts, small ones too: internal result.")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier one is replaced.")
@where_it_runs
@json_too
def staffing(as_json: bool, **options: Any) -> int:
    """Work out how many leads are needed, what they cost, and who would wait how long."""
    wanted = programme.StaffingOptions(**options)
    with terminal.working("Staffing", quiet=as_json) as say:
        made = programme.make_staffing(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code


@report.command()
@click.option("--store", type=PATH, help="The activity store; the tiers are counted from it.")
@click.option("--as-of", type=Day(), help="With --store: the first day that does not count.")
@click.option("--tiers", type=PATH, help="The folder that hiu report tiers wrote, instead.")
@click.option("--staffing", type=PATH, help="The folder that hiu report staffing wrote.")
@click.option("--locality", type=PATH, help="Leads, services and [reach] (a TOML file).")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier one is replaced.")
@where_it_runs
@json_too
def reach(as_json: bool, **options: Any) -> int:
    """Show which hospitals have a service, how far it goes, and who lives beyond its reach."""
    wanted = programme.ReachOptions(**options)
    with terminal.working("Reach", quiet=as_json) as say:
        made = programme.make_reach(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code


@report.command(name="starter-pack")
@click.option("--as-of", type=Day(), required=True, help="The day of the pack; plans begin then.")
@click.option("--store", type=PATH, help="The activity store; the tiers are counted from it.")
@click.option("--tiers", type=PATH, help="The folder that hiu report tiers wrote, instead.")
@click.option("--locality", type=PATH, help="The place with [go_live] (a TOML file).")
@click.option("--preset", metavar="NAME", help="The criteria of the list, by name.")
@click.option("--criteria", type=PATH, help="The criteria of the list, from a TOML file.")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier pack is replaced.")
@where_it_runs
@json_too
def starter_pack(as_json: bool, **options: Any) -> int:
    """Draft the papers that a service needs before its first call, with dates from go-live."""
    wanted = programme.StarterPackOptions(**options)
    with terminal.working("Starter pack", quiet=as_json) as say:
        made = programme.make_starter_pack(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code


@report.command(name="business-case")
@click.option("--store", type=PATH, help="The activity store; the tiers are counted from it.")
@click.option("--as-of", type=Day(), help="With --store: the first day that does not count.")
@click.option("--tiers", type=PATH, help="The folder that hiu report tiers wrote, instead.")
@click.option("--staffing", type=PATH, help="The folder that hiu report staffing wrote.")
@click.option("--evaluation", type=PATH, help="The folder that hiu evaluate wrote.")
@click.option("--roster", type=PATH, help="Who was asked and supported (CSV), for the staffing.")
@click.option("--locality", type=PATH, help="The place with [business_case] (a TOML file).")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier case is replaced.")
@where_it_runs
@json_too
def business_case(as_json: bool, **options: Any) -> int:
    """Write the business case: what it costs, what it would release, and how sure that is."""
    wanted = programme.CaseOptions(**options)
    with terminal.working("Business case", quiet=as_json) as say:
        made = programme.make_business_case(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code


@report.command(name="service-specification")
@click.option("--store", type=PATH, help="The activity store; the tiers are counted from it.")
@click.option("--as-of", type=Day(), help="The day of the document; needed with --store.")
@click.option("--tiers", type=PATH, help="The folder that hiu report tiers wrote, instead.")
@click.option("--criteria", type=PATH, help="The criteria file that the list is made with.")
@click.option("--preset", help="The definition that the list is made with, by its name.")
@click.option("--locality", type=PATH, help="The place with [service] (a TOML file).")
@click.option("--out", type=PATH, help="The folder; an earlier specification is replaced.")
@click.option("--check", type=PATH, help="A list's folder: was it made by the --contract?")
@click.option("--contract", type=PATH, help="With --check: the folder of the specification.")
@where_it_runs
@json_too
def service_specification(
    as_json: bool, out: Path | None, check: Path | None, contract: Path | None, **options: Any
) -> int:
    """Write the specification, with the very criteria that the list is made by; or check a list."""
    if check or contract:
        if not (check and contract):
            raise click.UsageError("--check and --contract belong together.")
        checked = programme.check_list(check, contract)
        print_json(checked.as_dict()) if as_json else terminal.show_lines(checked.lines)
        return checked.exit_code
    if out is None:
        raise click.UsageError("Missing option '--out'.")
    wanted = programme.SpecificationOptions(out=out, **options)
    with terminal.working("Service specification", quiet=as_json) as say:
        made = programme.make_specification(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code
