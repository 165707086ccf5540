"""The outside edge: the only place that knows boto3, AWS error codes, and other machines' protocols."""
