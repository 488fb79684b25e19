"""The commands of build.py: what the command line takes in `usage`, what each command does in the module of its name."""
