"""The commands of build.py, one module each, in the order in which help tells of them."""

from chamberbook.commands import build, check, codeowners, diff, export, fmt, import_, new, rules, serve

COMMANDS = (
    build.COMMAND,
    check.COMMAND,
    codeowners.COMMAND,
    diff.COMMAND,
    fmt.COMMAND,
    new.COMMAND,
    rules.COMMAND,
    export.COMMAND,
    import_.COMMAND,
    serve.COMMAND,
)
