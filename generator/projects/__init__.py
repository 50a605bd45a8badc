"""2. Tickets, people and documents → one `Project` for each client's undertaking.

sheets     the executive's CSV files → rows of typed values
cuts       export files → the dated cuts they make
documents  the files that may be published, and the templates that came back
templates  what is to be corrected in a template that came back
people     who takes part on the day of the cut, and whose name no page shows
grouping   which ticket belongs to which project; what is withheld
model      `Project` and its parts
"""
