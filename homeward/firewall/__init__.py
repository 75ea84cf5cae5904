"""What an enforcement body is told, and nothing else: single notices of travel, made by a named person.

Comes in:  a protocol between one organisation and one enforcement body, put into force by two people, and
           under it notices about single journeys, each with its own reason.
Goes out:  the projection that the enforcement body's own process reads through functions of the database.
"""
