"""Forms and answers on which our evaluation is held against the reference engine of ODK forms.

`reference_instances.json` keeps what that engine sends for them. To make it anew, with Node and
`@getodk/xforms-engine` installed in the current directory: `python -m homeward.surveys.tests.parity`.
"""

import json
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from homeward.surveys.forms.making import make_form
from homeward.surveys.tests.books import HOUSEHOLD, workbook

KEPT = Path(__file__).with_name("reference_instances.json")
FILLER = Path(__file__).parents[3] / "tools/parity/fill.mjs"
MORE = None  # one more time of a repeat
LABEL = "label::English (en)"
DATES = "date('2020-02-29')"
WORKED_OUT = (
    "1 + 2 * 3 - 4 div 8",
    "-7 mod 3",
    "7.5 mod 2",
    "1 div 0 > 5",
    "round(2.5)",
    "round(-2.5)",
    "round(3.14159, 2)",
    "round(1234, -2)",
    "int(-3.7)",
    "int('12abc')",
    "floor(-1.2)",
    "ceiling(1.2)",
    "pow(2, 10)",
    "abs(-4.25)",
    "0.1 + 0.2",
    "1000000 * 1000000",
    "number('  12 ')",
    "number('')",
    "concat('a', 1, true())",
    "substr('banana', 2, 4)",
    "substr('banana', 3)",
    "substring('12345', 2, 3)",
    "substring('12345', 1.5, 2.6)",
    "substring-before('1999/04/01', '/')",
    "substring-after('1999/04/01', '/')",
    "translate('bar', 'abc', 'AB')",
    "normalize-space('  a   b ')",
    "string-length('ثلاثة')",
    "contains('abc', 'b')",
    "starts-with('abc', 'ab') and ends-with('abc', 'bc')",
    "if(1 > 2, 'yes', 'no')",
    "if('', 'yes', 'no')",
    "not(false() or 1 = 2)",
    "coalesce('', 'second')",
    "selected('a b c', 'b')",
    "selected('ab c', 'b')",
    "selected-at('a b c', 1)",
    "count-selected('a b c')",
    "regex('a12', '[a-z][0-9]+')",
    "regex('xa12', '^[a-z][0-9]+$')",
    "boolean-from-string('true')",
    f"{DATES} + 1",
    f"decimal-date-time({DATES})",
    f"format-date({DATES}, '%d %b %Y, %n/%e/%y')",
    "format-date('2020-02-29', '%Y-%m')",
    "'2020-02-29' < '2020-03-01'",
    "date('2020-03-01') - date('2020-02-01')",
    "int((date('2026-03-01') - date('1990-05-05')) div 365.25)",
    "min(3, 1, 2)",
    "max(1, '7', 3)",
    "sqrt(16)",
    "round(pi(), 4)",
    "join('-', 'a', 'b')",
    "1 = '1'",
    "'a' != 'b'",
    "true() = 'true'",
    "(1 < 2) = true()",
    "2 > 1 and 3 > 2 or 1 div 0 = 0",
)
FUNCTIONS = (
    {"type": "text", "name": "first", LABEL: "First"},
    *(
        {"type": "calculate", "name": f"c{at:02}", "calculation": one}
        for at, one in enumerate(WORKED_OUT, start=1)
    ),
)
PEOPLE = (
    {"type": "date", "name": "day", LABEL: "Day"},
    {"type": "integer", "name": "how_many", LABEL: "How many", "default": "2"},
    {
        "type": "begin_repeat",
        "name": "person",
        LABEL: "Person",
        "repeat_count": "${how_many}",
    },
    {"type": "text", "name": "called", LABEL: "Name"},
    {"type": "integer", "name": "age", LABEL: "Age", "constraint": ". < 120"},
    {"type": "calculate", "name": "number", "calculation": "position(..)"},
    {"type": "calculate", "name": "is_adult", "calculation": "if(${age} >= 18, 'yes', 'no')"},
    {"type": "text", "name": "school", LABEL: "School", "relevant": "${is_adult} = 'no'"},
    {"type": "begin_repeat", "name": "skill", LABEL: "Skill"},
    {"type": "text", "name": "what", LABEL: "What"},
    {"type": "calculate", "name": "of", "calculation": "concat(${called}, '/', ${what})"},
    {"type": "end_repeat"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "all_ages", "calculation": "sum(${age})"},
    {"type": "calculate", "name": "oldest", "calculation": "max(${age})"},
    {"type": "calculate", "name": "names", "calculation": "join(', ', ${called})"},
    {"type": "calculate", "name": "people", "calculation": "count(${person})"},
    {"type": "calculate", "name": "second", "calculation": "indexed-repeat(${called}, ${person}, 2)"},
    {
        "type": "calculate",
        "name": "adults",
        "calculation": "count(${person}[is_adult = 'yes'])",
    },
    {"type": "calculate", "name": "year", "calculation": "format-date(${day}, '%Y')"},
    {"type": "calculate", "name": "later", "calculation": "date(${day} + 30)"},
)
CASCADE = (
    {"type": "select_one region", "name": "region", LABEL: "Region"},
    {
        "type": "select_one town",
        "name": "town",
        LABEL: "Town",
        "choice_filter": "region = ${region}",
    },
    {"type": "calculate", "name": "town_name", "calculation": "jr:choice-name(${town}, '${town}')"},
    {"type": "select_multiple help", "name": "help", LABEL: "Help"},
    {"type": "begin_group", "name": "cash", LABEL: "Cash", "relevant": "selected(${help}, 'cash')"},
    {"type": "decimal", "name": "amount", LABEL: "Amount"},
    {"type": "text", "name": "spent", LABEL: "Spent on", "relevant": "${amount} > 10"},
    {"type": "end_group"},
    {"type": "calculate", "name": "half", "calculation": "${amount} div 2"},
    {"type": "calculate", "name": "kept", "calculation": "once(${amount})"},
    {"type": "text", "name": "copied", LABEL: "Copied", "default": "${region}"},
    {"type": "geopoint", "name": "where", LABEL: "Where"},
    {"type": "time", "name": "at", LABEL: "At"},
)
PLACES = (
    ("region", "north", "North", "شمال", ""),
    ("region", "south", "South", "جنوب", ""),
    ("town", "alder", "Alder", "أ", "", "north"),
    ("town", "birch", "Birch", "ب", "", "south"),
    ("town", "cedar", "Cedar", "ج", "", "south"),
    ("help", "cash", "Cash", "نقد", ""),
    ("help", "work", "Work", "عمل", ""),
)

ORCHARD = (
    {"type": "integer", "name": "wanted", LABEL: "Wanted"},
    {"type": "calculate", "name": "kept", "calculation": "once(int(${wanted}) + 1)"},
    {"type": "begin_repeat", "name": "tree", LABEL: "Tree"},
    {"type": "integer", "name": "stems", LABEL: "How many stems"},
    {"type": "begin_repeat", "name": "stem", LABEL: "Stem", "repeat_count": "${stems}"},
    {"type": "decimal", "name": "girth", LABEL: "Girth"},
    {"type": "calculate", "name": "of", "calculation": "${stems}"},
    {"type": "end_repeat"},
    {"type": "calculate", "name": "whole", "calculation": "sum(${girth})"},
    {"type": "end_repeat"},
)


def forms():
    """Each form with the steps of filling it: a reference and its answer, or one more time of a repeat."""
    return {
        "household": (
            workbook(HOUSEHOLD),
            [
                ["/data/village", 'Saltfield & "sons" <ع>'],
                ["/data/works", "yes"],
                ["/data/income", "120"],
                ["/data/members[1]/called", "Amina"],
                ["/data/members", MORE],
                ["/data/members[2]/age", "4"],
                ["/data/help", "work cash"],
                ["/data/where", "36.5 3.1 0 5"],
            ],
        ),
        "household, then another answer": (
            workbook(HOUSEHOLD),
            [["/data/works", "yes"], ["/data/income", "120"], ["/data/works", "no"]],
        ),
        "functions": (workbook(FUNCTIONS, form_id="functions"), [["/data/first", "x"]]),
        "people": (
            workbook(PEOPLE, form_id="people"),
            [
                ["/data/day", "2026-02-10"],
                ["/data/person[1]/called", "Amina"],
                ["/data/person[1]/age", "34"],
                ["/data/person[1]/skill[1]/what", "sewing"],
                ["/data/person[1]/skill", MORE],
                ["/data/person[1]/skill[2]/what", "cooking"],
                ["/data/person[2]/called", "Sami"],
                ["/data/person[2]/age", "9"],
                ["/data/person[2]/school", "primary"],
                ["/data/how_many", "3"],
                ["/data/person[3]/age", "20"],
            ],
        ),
        "people, then fewer": (
            workbook(PEOPLE, form_id="people"),
            [["/data/person[2]/age", "9"], ["/data/person[1]/age", "30"], ["/data/how_many", "1"]],
        ),
        "orchard": (
            workbook(ORCHARD, form_id="orchard"),
            [
                ["/data/wanted", "2"],
                ["/data/wanted", "5"],
                ["/data/tree[1]/stems", "2"],
                ["/data/tree", MORE],
                ["/data/tree[2]/stems", "1"],
                ["/data/tree[1]/stem[1]/girth", "2"],
                ["/data/tree[1]/stem[2]/girth", "12.5"],
                ["/data/tree[2]/stem[1]/girth", "30"],
            ],
        ),
        "cascade": (
            workbook(CASCADE, choices=PLACES, form_id="cascade"),
            [
                ["/data/region", "south"],
                ["/data/town", "cedar"],
                ["/data/help", "cash"],
                ["/data/cash/amount", "12.5"],
                ["/data/cash/spent", "seeds"],
            ],
        ),
        "cascade, then another answer": (
            workbook(CASCADE, choices=PLACES, form_id="cascade"),
            [
                ["/data/help", "cash work"],
                ["/data/cash/amount", "40"],
                ["/data/cash/spent", "goats"],
                ["/data/help", "work"],
            ],
        ),
    }


@cache
def xform_of(name):
    """The XForm of one of the forms."""
    return make_form(forms()[name][0], is_ours=True).xform


def comparable(sent):
    """A filled form without what differs each time: moments and the instance."""
    sent = re.sub(r"<(start|end)>[^<]*</\1>", r"<\1/>", sent)
    return re.sub(r"<((?:orx:)?instanceID)>[^<]*</\1>", "", sent)


def main():
    told = [{"xform": xform_of(name), "steps": steps} for name, (_book, steps) in forms().items()]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(told, file)
        file.flush()
        done = subprocess.run(["node", FILLER, file.name], capture_output=True, text=True, check=False)  # noqa: S603, S607
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    kept = dict(zip(forms(), map(comparable, json.loads(done.stdout)), strict=True))
    KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    import django

    django.setup()
    main()
