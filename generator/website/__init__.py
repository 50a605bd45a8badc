"""7. Portals + documentation → a site.

documentation  MkDocs + Material, run once; keeps the compiled layouts
layout         a compiled page split at its markers; a portal page is those bytes joined with its own
assets         the portal's stylesheet and script, named by their content
writing        a folder built beside the live one and swapped in
"""
