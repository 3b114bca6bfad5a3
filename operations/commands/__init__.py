"""The commands: each module here is one, and has `add(subparsers)`."""
