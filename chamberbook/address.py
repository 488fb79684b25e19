"""The public address of the site, asked of mkdocs.yml without loading what makes a site."""

from __future__ import annotations

from pathlib import Path


def public_address(root: Path) -> str | None:
    """The address as mkdocs.yml gives it; records can be checked where there is no mkdocs.yml, or a faulty one."""
    # Loading MkDocs takes a quarter of a check's time, and only a check that finds problems asks for the address.
    from mkdocs.config import load_config  # noqa: PLC0415
    from mkdocs.exceptions import MkDocsException  # noqa: PLC0415

    try:
        config = load_config(str(root / "mkdocs.yml"), plugins=[], hooks=[], markdown_extensions=[])
    except MkDocsException:
        return None
    return config.site_url or None
