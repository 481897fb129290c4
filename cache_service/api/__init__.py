"""HTTP in and out.

``postings`` · ``cache`` · ``health``  the routes · ``schemas``  bodies other than the request · ``sse``  the event
stream on the wire · ``problems``  errors as problem+json · ``middleware``  limits and headers of every answer
"""
