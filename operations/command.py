"""What every command is made of: its parser, its way to fail, its way to answer."""

import argparse
from collections.abc import Callable
from typing import Any

import orjson

Subparsers = Any  # argparse keeps the type of its subparsers to itself
Do = Callable[[argparse.Namespace], int | None]


class Failed(Exception):
    """The command could not do what was asked; the text says why and what to do."""


def command(subparsers: Subparsers, name: str, do: Do, *, does: str) -> argparse.ArgumentParser:
    """A command's parser, with the options that all share."""
    parser: argparse.ArgumentParser = subparsers.add_parser(name, help=does, description=does)
    parser.add_argument("--json", action="store_true", help="answer as JSON, for programs")
    parser.set_defaults(do=do)
    return parser


def say(chosen: argparse.Namespace, text: str, **facts: Any) -> None:
    """Answer: a sentence for a person, or the facts for a program."""
    if chosen.json:
        print(orjson.dumps(facts, default=str).decode(), flush=True)
    else:
        print(text, flush=True)
