"""A workbook comes in; a form and the list of its questions, or what is wrong and the remedy, goes out."""
