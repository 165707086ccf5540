"""Proving who asks: one-time codes by SMS, faces, documents at the counter, and the fraud warnings shown with them."""
