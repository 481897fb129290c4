"""Where entries, postings and their events are kept: the truth that the index is rebuilt from.

``records``  what is stored · ``protocol``  what every store does · ``sqlite``  one file, WAL · ``writer``  the one
thread that writes, with group commit · ``schema``  its tables
"""
