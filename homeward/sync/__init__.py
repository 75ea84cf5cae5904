"""The face of telephones: the OpenRosa addresses that ODK Collect, KoboCollect and their kin speak.

Comes in:  a telephone's secret, in its address or as the password of a Basic sign-in; filled forms, files.
Goes out:  the list of forms, each form, its files and the officer's visits; a receipt for what was kept.

Everything said here is said in the envelope of OpenRosa, refusals too, and nothing is ever redirected.
"""
