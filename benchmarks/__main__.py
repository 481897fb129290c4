"""Run every benchmark."""

from benchmarks import service

if __name__ == "__main__":
    service.main()
