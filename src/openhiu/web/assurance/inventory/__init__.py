"""The inventory of what is kept, and what is made from it: the record of processing, the privacy
notice.
"""
