"""The bill of materials and the list of licences of a build's dependencies: `make sbom`.

`cyclonedx-py` reads the environment that a build has and nothing more; this lays the result out so that two runs give
the same bytes, writes `docs/sbom.cdx.json` and the table of `docs/dependencies.md`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SBOM = ROOT / "docs" / "sbom.cdx.json"
DOCUMENT = ROOT / "docs" / "dependencies.md"
HEAD = "| package | version | licence | asked for by the build itself |\n|---|---|---|---|\n"
#: Left to the tool that installs: not a part of a build.
_TOOLS = {"pip", "setuptools", "wheel"}


def main(python: str) -> None:
    """Describe the environment of the interpreter `python`."""
    done = subprocess.run(
        [
            Path(sys.executable).with_name("cyclonedx-py"), "environment", python, "--pyproject", ROOT / "pyproject.toml",
            "--output-reproducible", "--output-format", "JSON", "--spec-version", "1.6", "--validate",
        ],
        capture_output=True, check=True,
    )  # fmt: skip
    bill = tidy(json.loads(done.stdout))
    SBOM.write_text(json.dumps(bill, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    head = DOCUMENT.read_text("utf-8").split(HEAD)[0]
    DOCUMENT.write_text(head + HEAD + "".join(rows(bill)), "utf-8")


def tidy(bill: dict[str, Any]) -> dict[str, Any]:
    """Without what differs from machine to machine: the installing tool, paths, the texts of licences."""
    kept = [part for part in bill["components"] if part["name"] not in _TOOLS]
    for part in kept:
        part["properties"] = [
            p for p in part.get("properties", ()) if not p["name"].startswith("cdx:python:package:source")
        ]
        part["externalReferences"] = [
            link
            for link in part.get("externalReferences", ())
            if link["url"].startswith(("https://", "http://"))
        ]
        part["licenses"] = [
            entry for entry in part.get("licenses", ()) if "text" not in entry.get("license", {})
        ]
    names = {part["bom-ref"] for part in kept} | {bill["metadata"]["component"]["bom-ref"]}
    links = [
        {**link, "dependsOn": sorted(set(link.get("dependsOn", ())) & names)}
        for link in bill["dependencies"]
        if link["ref"] in names
    ]
    return {
        **bill,
        "components": sorted(kept, key=lambda part: part["name"]),
        "dependencies": sorted(links, key=lambda link: link["ref"]),
    }


def rows(bill: dict[str, Any]) -> list[str]:
    """The lines of the table, by name."""
    product = bill["metadata"]["component"]["bom-ref"]
    direct = {ref for link in bill["dependencies"] if link["ref"] == product for ref in link["dependsOn"]}
    return [
        f"| {part['name']} | {part['version']} | {licence(part)} | {'yes' if part['bom-ref'] in direct else ''} |\n"
        for part in bill["components"]
    ]


def licence(part: dict[str, Any]) -> str:
    """The licences that a package declares: those with an SPDX name when it has one, else as its classifiers say."""
    entries = [entry.get("license", {"id": entry.get("expression")}) for entry in part["licenses"]]
    spdx = [entry["id"] for entry in entries if entry.get("id")]
    named = [
        re.sub(r"^License :: (?:OSI Approved :: )?", "", entry["name"])
        for entry in entries
        if entry.get("name")
    ]
    return "; ".join(dict.fromkeys(spdx or named))


if __name__ == "__main__":
    main(sys.argv[1])
