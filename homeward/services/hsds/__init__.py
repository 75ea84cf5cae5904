"""Open Referral HSDS 3.1: the shapes, and the directory going out to them and coming in from them.

Comes in:  nested JSON of services, or a folder of CSV tables beside a datapackage.json.
Goes out:  the same, of what is public or, for a signed-in member, of what they may see; never a contact
           person, never where a restricted service is.
"""

VERSION = "3.1.3"
