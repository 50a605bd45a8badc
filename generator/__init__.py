"""avance: ticket exports in CSV → one portal per project, beside searchable documentation.

The flow, one stage a line; each stage imports only what stands above it:

    problems, text, locale, settings   what every stage speaks of
    tickets      1 exports → one table of tickets
    projects     2 table + people + documents → `Project`
    metrics      3 `Project` → figures
    pages        4 `Project` + figures → views
    outputs      5 view → bytes
    portals      6 one project's pages and files
    website      7 portals + documentation → a site
    publishing   8 a site → a host
    build        the flow in one function
    publish      build, upload, verify, record in one function
    summary      what a publication did, in words
    plugin, cli  MkDocs events, and the command `avance`, into the same calls
"""

__version__ = "0.1.0"
