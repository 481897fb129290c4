"""Run every benchmark."""

from benchmarks import service
from benchmarks.extraction.__main__ import main as extraction

if __name__ == "__main__":
    extraction()
    service.main()
