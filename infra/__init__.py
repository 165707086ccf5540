"""What is around the product: building it, running it on a laptop, checking it. Nothing in here is ever packaged."""
