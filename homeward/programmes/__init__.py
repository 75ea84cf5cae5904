"""Programmes a person can apply to, and what each says from which day on.

Comes in:  who funds and runs a programme, where, from when; its rules, packages and steps as dated data.
Goes out:  the programme that an application (cases) names; the version in force on a day; whether somebody
           with given facts is eligible, and entitled to what, with one explained line for each rule.

The vocabulary of facts is in `facts`, the language of conditions in `expressions`, what a version can say
in `terms`, and the answers in `eligibility`: all pure.
"""
