"""``gonggo replay``: requests sent again at the times at which they came, whatever the service answers (open loop).

``lines`` what is replayed · ``drive`` sends it to the service · ``baseline`` the same load as one call a posting ·
``measure`` what was seen, as numbers · ``report`` the numbers as table, JSON and HTML · ``command`` all of it.
"""
