"""Faces, as a further way to prove who one is, and never the only one.

Promise: nobody's face is looked at without a consent of its own, which can be taken back; another way is offered each time, and
that is recorded; the image is never stored, and what is kept of it (result, scores, digest) goes, with a receipt.
Unclear results are a person's to decide; whatever cannot be had opens nothing. Says: face.*, faces.offered.
States: open → passed, step_up, review or ended; review → confirmed, refused or ended; confirmed → passed or ended.
Keys (table verification): `cus_…/face`, `cus_…/face#<check>`, `faces/offer`, `face-reviews/<time>#<check>`,
`face-image#<digest>/seen`; index due.
"""
