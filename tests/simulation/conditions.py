"""DynamoDB's conditions, as far as Dutydesk writes them, made into tests of an item."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from chalicelib.aws.items import Item

COMPARED: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
WORD = r"([#A-Za-z_][\w#]*)"
Test = Callable[[Item, Mapping[str, Any]], bool]


@cache
def compiled(condition: str) -> Test:
    """Make a condition into a test of an item; an item that is not there is empty, and what is absent compares with nothing."""
    text = re.sub(rf"{WORD} BETWEEN (:\w+) AND (:\w+)", r"(\1 >= \2 && \1 <= \3)", condition)
    text = re.sub(rf"attribute_not_exists\({WORD}\)", r"!has('\1')", text)
    text = re.sub(rf"attribute_exists\({WORD}\)", r"has('\1')", text)
    text = re.sub(rf"begins_with\({WORD}, (:\w+)\)", r"begins('\1', '\2')", text)
    text = re.sub(rf"(?<!['\w]){WORD} (=|<>|<=|>=|<|>) (:\w+)", r"compare('\1', '\2', '\3')", text)
    text = text.replace(" AND ", " and ").replace(" && ", " and ").replace(" OR ", " or ").replace("!has", "not has")
    code = compile(text, condition, "eval")

    def test(item: Item, values: Mapping[str, Any]) -> bool:
        def name(word: str) -> str:
            return str(values.get(word, word)) if word.startswith("#") else word

        def compare(word: str, how: str, value: str) -> bool:
            return name(word) in item and COMPARED[how](item[name(word)], values[value])

        def begins(word: str, value: str) -> bool:
            return str(item.get(name(word), "")).startswith(values[value])

        tools = {"has": lambda word: name(word) in item, "compare": compare, "begins": begins}
        return bool(eval(code, {"__builtins__": {}}, tools))  # noqa: S307 - our own conditions

    return test
