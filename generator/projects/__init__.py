"""2. Tickets, people and documents → one `Project` for each client's undertaking.

sheets     the executive's CSV files → rows of typed values
cuts       export files → the dated cuts they make
grouping   which ticket belongs to which project; what is withheld
model      `Project` and its parts
"""
