"""The vector index beside the store.

opening   which index the settings name
mirror    keeps it in step with the store, which is the truth
"""
