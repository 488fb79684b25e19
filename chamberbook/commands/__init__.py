"""The commands of build.py, one module each, in the order in which help tells of them."""

from chamberbook.commands import build, check, serve

COMMANDS = (build.COMMAND, check.COMMAND, serve.COMMAND)
