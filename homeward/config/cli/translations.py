"""`homeward translations compile`."""

import argparse

from homeward.config.cli import Subparsers
from homeward.config.translations import compile_catalogues


def add_to(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("translations", help="compile the catalogues of interface messages")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    acts.add_parser("compile", help="write what is out of date").set_defaults(act=compile_all)


def compile_all(arguments: argparse.Namespace) -> None:
    for file in compile_catalogues():
        print(file)
