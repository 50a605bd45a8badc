"""7. Portals + documentation → a site.

documentation  MkDocs + Material, run once; keeps the compiled layouts
zensical       the same by Zensical, a program of its own
additions      what avance adds to the documentation, whoever builds it
addresses      addresses of pages, and from one to another
layout         a compiled page split at its markers; a portal page is those bytes joined with its own
assets         the portal's stylesheet and script, named by their content
contents       the pages of content/ as writers write them
clips          videos and animated pictures, shown when somebody asks
blocks         the content of a page as blocks, for paper
booklets       each section of the documentation as a PDF
news           novedades: what is new, by day and audience, and its feed
workshops      talleres: online workshops, their enrolment and calendars
announcements  both of them, on their pages and in their files
requesting     the message of a reader who found nothing
drafting       a new article, with the sections to fill in
footers        what stands at the foot of an article
quality        what a writer should mend
spelling       words that no dictionary has
starting       a new site, with what publishes it
packing        this very avance as a wheel, which a new site takes along
writing        a folder built beside the live one and swapped in
"""
