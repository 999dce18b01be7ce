"""What could stand in the place of a sign that makes an SMS dear: typed quotes, dashes and emoji."""

import re
import unicodedata

_SIGNS = (
    dict.fromkeys("‘’‚‛`´′", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−•·", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\t", " ")
    | dict.fromkeys("\u00ad\u200b\ufeff", "")
    | {"…": "...", "→": "->", "←": "<-", "½": "1/2", "¼": "1/4", "¾": "3/4", "×": "x", "²": "2", "³": "3"}
)
_FACES = (
    dict.fromkeys("😀😃😄😁😊🙂☺😇🤗😌🥰😍", ":)")
    | dict.fromkeys("😉", ";)")
    | dict.fromkeys("😂🤣😆😅", ":D")
    | dict.fromkeys("🙁☹😞😔😢😕😟", ":(")
    | dict.fromkeys("❤♥💛💚💙💜🧡🖤🤍", "<3")
    | dict.fromkeys("👍✅✔☑👌", "OK")
)
_UNSEEN = dict.fromkeys("\ufe0f\ufe0e\u200d🏻🏼🏽🏾🏿", "")
"""What only changes the emoji before it."""

REPLACEMENTS = _SIGNS | _FACES | _UNSEEN

_EMOJI_BLOCK = range(0x1F000, 0x20000)
_SPACES = re.compile(r" {2,}")
_SPACE_BEFORE = re.compile(r" +(?=[.,!?\n]|$)")


def replacement_of(sign: str) -> str | None:
    """What could stand in its place; an emoji without a sign of its own could be left out. None: nothing can."""
    known = REPLACEMENTS.get(sign)
    if known is None and ord(sign) in _EMOJI_BLOCK:
        return ""
    return known


def simplified(text: str) -> str:
    """The text with every offered replacement made; letters typed as letter plus accent are joined first."""
    joined = unicodedata.normalize("NFC", text)
    if all(replacement_of(sign) is None for sign in joined):
        return joined
    replaced = "".join(sign if (new := replacement_of(sign)) is None else new for sign in joined)
    return _SPACE_BEFORE.sub("", _SPACES.sub(" ", replaced))
