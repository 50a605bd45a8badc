"""1. Exports → one table of tickets.

reading     bytes → text columns; knows no tracker (encodings: which letters; workbooks: a spreadsheet's own file)
trackers    whose header this is, and what its columns and words mean
fields      the text of each field, gathered and tidied (markup: Jira's notation → Markdown)
records     which records are tickets; several rows of one ticket become one
columns     text → the typed columns of the table (values: dates, hours; states: status words → five states)
quality     what contradicts itself
importing   one file: the above in order, every row accounted for
history     earlier versions of an overwritten file
table       the columns of the one table
"""
