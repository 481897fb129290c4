"""What happened: counted and timed where it happens, read by ``/v1/stats``."""
