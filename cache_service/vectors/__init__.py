"""The vectors of what is stored: their index, and the embedding model that they are of.

opening    which index the settings name
mirror     keeps it in step with the store, which is the truth
space      an encoder and all that is comparable in its vectors
spaces     which of them the service compares in
switching  the change from one to another
describing what ``/v1/stats`` says
"""
