"""1. Exports → one table of tickets.

reading    bytes → text columns; knows no tracker
trackers   whose header this is, and what its columns and words mean
values     text → dates, hours
states     status words → five states
importing  one file: the above in order, every row accounted for
table      the columns of the one table
"""
