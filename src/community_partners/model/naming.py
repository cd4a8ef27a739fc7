"""Decides whom the public site names: the members whom a partner's record has, and lists."""

import re
from dataclasses import dataclass
from unicodedata import normalize
from urllib.parse import unquote

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """`listed`: case-folded logins that may be named. `unlisted`: logins and names that may not."""

    listed: frozenset[str] = frozenset()
    unlisted: frozenset[str] = frozenset()

    def names(self, login: str) -> bool:
        """Tell whether a login may be named. Of somebody who is in no record, nobody knows."""
        return login.casefold() in self.listed

    def hides(self, text: str, login: str = "") -> bool:
        """Tell whether a text, such as an address, has in it who is not named.

        `login`: of whoever the text is about.
        """
        words = _words(unquote(text))
        said = f"-{'-'.join(words)}-"
        who = self.unlisted if not login or self.names(login) else {*self.unlisted, login}
        return any(f"-{form}-" in said for name in who for form in _forms(name))


NOBODY = Naming()


def _words(text: str) -> list[str]:
    """Return the words of a text, in one form of their letters."""
    return [word for word in _BETWEEN.split(normalize("NFKC", text).casefold()) if word]


def _forms(name: str) -> set[str]:
    """Return the forms in which addresses have a name: `ada-example` and `adaexample`."""
    words = _words(name)
    return {"-".join(words), "".join(words)} - {""}
