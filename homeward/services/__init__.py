"""The directory of services that a returnee can be sent to, in the shape of Open Referral HSDS 3.1.

Comes in:  what providers, partners and the country's own directory know of services, by hand or by file.
Goes out:  services that answer a need, each with its reasons and doubts; room that is never given twice;
           a public projection without shelters and safe houses, and files that other directories read.

It knows no client: nothing here says who was sent where.
"""
