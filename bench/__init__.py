"""How fast, how cheap and how steady: figures against bare boto3 in the same run. `make bench`, docs/bench.md."""
