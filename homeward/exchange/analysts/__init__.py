"""Files for analysts: what an extract holds, in the formats of those who work with it.

Comes in:  a ready extract, which rows and columns are wanted, in which format, for whom and why.
Goes out:  one file with a digest: CSV with a data package, Stata, SPSS, a DDI codebook, IATI results, or a
           table of returns; withdrawn with its extract. Rows about single cases leave the organisation only
           past the risk check; tables only past disclosure control.

`variables` says what an analysis file may hold; `staging` lays its rows down in bounded memory; `stata`,
`spss`, `delimited` and `codebooks` write the same rows with the same labels and four kinds of missing.
"""
