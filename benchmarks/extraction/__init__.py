"""How well facts are read from texts: 400 texts labelled by hand, what counts as found, precision, recall and speed.

``labelled`` the texts and their labels · ``matching`` when a found fact is a labelled one · ``scoring`` precision and
recall · ``throughput`` texts a second · ``report`` the table. The rules of labelling are in README.md.
"""
