"""What we write to people: templates in a file per language, filled with facts."""

import string
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FALLBACK = "en"


@dataclass
class Wording:
    """The templates of a folder: `<language>.toml`, each with a table `[name]` of `subject` and `body`."""

    folder: Path
    _read: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def words(self, template: str, language: str, facts: Mapping[str, str]) -> str:
        """Fill the body of a template; a fact nobody gave stays empty."""
        return self._fill(self._of(language)[template]["body"], language, facts)

    def subject(self, template: str, language: str, facts: Mapping[str, str]) -> str:
        """Fill the subject of a template."""
        return self._fill(self._of(language)[template].get("subject", ""), language, facts)

    def _fill(self, template: str, language: str, facts: Mapping[str, str]) -> str:
        # A name that differs by language is given as `branch:en` and `branch:zh-CN`.
        own = {name.removesuffix(f":{language}"): fact for name, fact in facts.items()}
        return string.Formatter().vformat(template, (), defaultdict(str, own)).strip()

    def _of(self, language: str) -> dict[str, dict[str, str]]:
        if language not in self._read:
            file = self.folder / f"{language}.toml"
            file = file if file.exists() else self.folder / f"{FALLBACK}.toml"
            self._read[language] = tomllib.loads(file.read_text("utf-8"))
        return self._read[language]
