"""4. `Project` + figures → views, one page a file. A view holds what a page says: no DataFrame, no HTML.

parts      what several pages show: header, task rows, contact
progress   Avance
faq        Preguntas frecuentes
report     Informe: pages as documents for paper
"""
