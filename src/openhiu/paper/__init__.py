"""How a page looks: one source of content blocks comes in; the same words go out as an accessible
PDF, a Word document, a web page and a workbook, the same bytes every time.
"""
