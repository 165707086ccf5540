"""Proving who asks: one-time codes by SMS, and the fraud warnings shown with them."""
