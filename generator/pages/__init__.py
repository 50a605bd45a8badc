"""4. `Project` + figures → views, one page a file. A view holds what a page says: no DataFrame, no HTML.

parts      what several pages show: header, task rows, contact
progress   Avance
drawing    dates on a line of time
timeline   the agreed and planned dates, as a list and as a drawing
filters    what the board can be filtered by
board      Tablero
support    Soporte
faq        Preguntas frecuentes
report     Informe: pages as documents for paper
"""
