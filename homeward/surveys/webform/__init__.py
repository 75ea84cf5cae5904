"""A form as a page: read from its XForm, worked out as answers come, and written as a telephone would.

Pure: no database, no clock, no request. `xpath` reads the logic of a form, `working_out` and `functions`
evaluate it over the answers alone, `reading` makes a WebForm, `filling` holds the answers, `screens` says
what is asked together, `checking` what is wrong with an answer, `sending` writes the filled form.
"""
