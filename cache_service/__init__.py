"""gonggo: a semantic cache for job postings. Similarity proposes, facts decide.

The way of a request: ``api`` takes it in, ``streaming`` runs it, ``cache`` plans what can be reused, ``router`` says
who writes the rest, and ``models`` write it. ``posting`` is the domain that all of them speak; ``store`` keeps what was
written, ``vectors`` the index of it; ``monitor`` counts and logs; ``jobs`` is long work, ``cli`` the command. ``app``
wires it, ``settings`` reads the environment, ``errors`` names what can go wrong.
"""
