"""Chamberbook 商会名录: YAML records of chambers of commerce in, a searchable static site out."""

__version__ = "0.1.0"
