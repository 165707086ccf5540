"""Plain values to DynamoDB attributes and back; the low-level form, because it costs half the CPU."""

from typing import Any

Item = dict[str, Any]


def encode(item: Item) -> dict[str, Any]:
    """Write text, whole numbers, truth values, bytes, lists and maps; None is left out."""
    return {name: _encode(value) for name, value in item.items() if value is not None}


def decode(attributes: dict[str, Any]) -> Item:
    """Read an item back; numbers are whole."""
    return {name: _decode(value) for name, value in attributes.items()}


def _encode(value: Any) -> dict[str, Any]:
    match value:
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case bytes():
            return {"B": value}
        case dict():
            return {"M": encode(value)}
        case list() | tuple():
            return {"L": [_encode(inner) for inner in value]}
        case _:
            raise TypeError(f"no attribute for {type(value).__name__}")


def _decode(attribute: dict[str, Any]) -> Any:
    ((kind, value),) = attribute.items()
    match kind:
        case "S":  # most of them
            return value
        case "N":
            return int(value)
        case "M":
            return decode(value)
        case "L":
            return [_decode(inner) for inner in value]
        case _:
            return value
