"""The commands of build.py, one module each, in the order in which help tells of them."""

from chamberbook.commands import (
    build,
    check,
    codeowners,
    diff,
    export,
    fmt,
    import_,
    init,
    new,
    rollback,
    rules,
    serve,
    verify,
)

COMMANDS = (
    build.COMMAND,
    check.COMMAND,
    diff.COMMAND,
    fmt.COMMAND,
    new.COMMAND,
    init.COMMAND,
    codeowners.COMMAND,
    rules.COMMAND,
    export.COMMAND,
    import_.COMMAND,
    serve.COMMAND,
    rollback.COMMAND,
    verify.COMMAND,
)
