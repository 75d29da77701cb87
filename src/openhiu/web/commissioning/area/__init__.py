"""The area's settings as a page sees them: sections and fields as data; saved values come in and
form fields, a locality or what is wrong with it go out.
"""
