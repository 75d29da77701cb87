"""The verbs for whoever has to say yes: clinical safety, evidence, what a release is made of."""

from __future__ import annotations

from typing import Any

import click

from openhiu import terminal
from openhiu.cli.options import PATH, Day, hiu, json_too, print_json


@hiu.command("safety-case")
@click.option("--as-of", type=Day(), required=True, help="The day the papers are of.")
@click.option("--proof", type=PATH, help="build/safety-proof.json of a run of all tests.")
@click.option("--sign-off", type=PATH, help="The file a clinical safety officer filled in.")
@click.option("--service", default="", help="The service that deploys it, for the front pages.")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier one is replaced.")
@json_too
def safety_case(as_json: bool, **options: Any) -> int:
    """Write the hazard log, the safety case and what is left to whoever deploys this."""
    from openhiu.web.assurance.safety import make

    wanted = make.SafetyCaseOptions(**options)
    with terminal.working("Clinical safety", quiet=as_json) as say:
        made = make.make_safety_case(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code


@hiu.command("release-manifest")
@click.option("--as-of", type=Day(), required=True, help="The day of the release.")
@click.option("--proof", type=PATH, help="build/safety-proof.json of a run of all tests.")
@click.option("--sign-off", type=PATH, help="The file a clinical safety officer filled in.")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier one is replaced.")
@json_too
def release_manifest(as_json: bool, **options: Any) -> int:
    """List every file and every part of this release, with its safety standing."""
    from openhiu.web.assurance.safety import release

    wanted = release.ReleaseOptions(**options)
    with terminal.working("Release manifest", quiet=as_json) as say:
        made = release.make_release_manifest(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code


@hiu.command()
@click.option("--as-of", type=Day(), required=True, help="The day the packs are of.")
@click.option("--service", default="", help="The service, for the front pages.")
@click.option("--contact", default="", help="Whom people tell when something is not accessible.")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier one is replaced.")
@json_too
def evidence(as_json: bool, **options: Any) -> int:
    """Answer the toolkits' questions, each with what shows it and what is left to you."""
    from openhiu.web.assurance.evidence import make

    wanted = make.EvidenceOptions(**options)
    with terminal.working("Evidence", quiet=as_json) as say:
        made = make.make_evidence(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code


@hiu.command()
@click.option("--as-of", type=Day(), required=True, help="The day the inventory is of.")
@click.option("--service", default="", help="The service, for the front pages.")
@click.option("--controller", default="", help="Who is the controller of the workspace.")
@click.option("--hospital", default="", help="Who is the controller of the hospital's store.")
@click.option("--officer", default="", help="The data protection officer and how to reach them.")
@click.option("--out", type=PATH, required=True, help="The folder; an earlier one is replaced.")
@json_too
def inventory(as_json: bool, **options: Any) -> int:
    """List every field that is kept, and why; with the record of processing and the notice."""
    from openhiu.web.assurance.inventory import make

    wanted = make.InventoryOptions(**options)
    with terminal.working("Inventory", quiet=as_json) as say:
        made = make.make_inventory(wanted, say=say)
    print_json(made.as_dict()) if as_json else terminal.show_folder(made)
    return made.exit_code
