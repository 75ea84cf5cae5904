"""Instruments: what is asked, in which words and versions, and the answers as they were sent.

Comes in:  a form as a workbook (XLSForm) with its media; filled forms from telephones and pages.
Goes out:  published versions that never change, with the list of their questions; each submission once,
           exactly as sent and sealed, and its answers with their types and the kinds of missing.

Knows no client: a submission carries an opaque key, and a later stage knows whose it is. What makes a form
of a workbook is in `forms`, what reads a filled form in `filled`: both pure but for the process that runs
apart.
"""
