"""The commands of build.py, one module each, in the order in which help tells of them."""

from chamberbook.commands import build, check, diff, fmt, rules, serve

COMMANDS = (build.COMMAND, check.COMMAND, diff.COMMAND, fmt.COMMAND, rules.COMMAND, serve.COMMAND)
