"""The fraud warning that is shown while somebody proves who they are (clause 3.3.3): versioned, in both languages."""

IN_FORCE = ("code-sharing", 1)

TEXTS = {
    ("code-sharing", 1): {
        "en": "We never ask for this code, by phone or in a message. Anyone who does is a fraudster. Do not pass it on.",
        "zh-CN": "我们绝不会通过电话或短信向您索要验证码。凡索要验证码者均为诈骗，请勿告知任何人。",
    }
}
