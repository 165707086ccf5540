"""What the institution of the tests offers of face checks."""

from datetime import date

from chalicelib.verification.faces.model import Bar, Offer, Purpose, Risk, Terms

TERMS = Terms(
    version=1,
    text={"en": "We compare your face with your photo.", "zh-CN": "我们将比对您的面部与留存照片。"},
    purpose={"en": "To confirm risky acts.", "zh-CN": "用于确认高风险操作。"},
    keep_days=30,
    assessment="PIA-2026-07",
    assessed_on=date(2026, 7, 1),
)
OFFER = Offer(
    open=True,
    terms=TERMS,
    bars={Risk.ELEVATED: Bar(9000, 9500, 7000, 8500), Risk.HIGH: Bar(9500, 9900, 8000, 9000)},
    risks={Purpose.STEP_UP: Risk.ELEVATED, Purpose.CHANGE_PHONE: Risk.HIGH},
    review_hours=8,
)
