"""Fraud warnings (clause 3.3.3): versioned, in both languages, chosen by what somebody is about to do.

A new wording is a new version; the old one stays here, since records name it. What was shown is acknowledged by id and
version, with the seconds it was looked at.
"""

# Context -> the warning in force there. No context depends on who is known.
CONTEXTS = {
    "sign_in": ("code-sharing", 1),
    "many_codes": ("many-codes", 1),
    "first_sign_in": ("first-sign-in", 1),
    "new_device": ("new-device", 1),
    "payment": ("payment", 1),
    "new_phone": ("new-phone", 1),
    "callback": ("callback", 1),
}

# Those that may have been shown with a code to sign in.
AT_SIGN_IN = frozenset({CONTEXTS["sign_in"], CONTEXTS["many_codes"]})

TEXTS = {
    ("code-sharing", 1): {
        "en": "We never ask for this code, by phone or in a message. Anyone who does is a fraudster. Do not pass it on.",
        "zh-CN": "我们绝不会通过电话或短信向您索要验证码。凡索要验证码者均为诈骗，请勿告知任何人。",
    },
    ("many-codes", 1): {
        "en": "Several codes were asked for. If that was not you, somebody is trying to get in: type nothing and call us.",
        "zh-CN": "已多次请求验证码。如非您本人操作，可能有人正试图登录您的账户：请勿输入任何内容，并致电我们。",
    },
    ("first-sign-in", 1): {
        "en": "Install our app from the official store only. We send no links to sign in, and never ask for remote access.",
        "zh-CN": "请仅从官方应用商店安装我们的应用。我们不会发送登录链接，也绝不会要求远程控制您的设备。",
    },
    ("new-device", 1): {
        "en": "You are signing in on another device. If somebody told you to, on the phone or in a chat, stop here.",
        "zh-CN": "您正在另一台设备上登录。如果是有人在电话或聊天中要求您这样做，请立即停止。",
    },
    ("payment", 1): {
        "en": "Read amount and payee in the message. A payment to a “safe account”, or in a hurry, is a fraud. Stop then.",
        "zh-CN": "请核对短信中的金额和收款人。要求转入“安全账户”或催促付款的，都是诈骗。您现在可以停止。",
    },
    ("new-phone", 1): {
        "en": "Whoever has this number can sign in as you. Change it only to a phone that is yours. We never ask you to.",
        "zh-CN": "持有该号码的人可以以您的身份登录。请只更换为您本人的手机号。我们绝不会要求您更换号码。",
    },
    ("callback", 1): {
        "en": "When we call, ask for our word and check it in the app. We never ask for codes, passwords or payments.",
        "zh-CN": "我们来电时，请询问我们的口令并在应用中核实。我们绝不会索要验证码、密码或要求付款。",
    },
}
