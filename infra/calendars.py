"""`python -m infra.calendars` writes the working-day calendars anew from the `holidays` package, without a network.

The same version of the package always writes the same bytes. To publish another year or add a country, change
`PLACES` and run it. Days that people decided otherwise belong into chalicelib/packs/calendars/overrides/.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays

FOLDER = Path(__file__).resolve().parent.parent / "chalicelib" / "packs" / "calendars"
FIRST_YEAR = 2020

# The package translates the holidays of China and Hong Kong itself, and no others.
CHINESE = {
    "New Year's Day": "元旦",
    "Good Friday": "耶稣受难日",
    "Easter Saturday": "复活节星期六",
    "Easter Sunday": "复活节",
    "Easter Monday": "复活节星期一",
    "Christmas Day": "圣诞节",
    "Christmas": "圣诞节",
    "Christmas Holiday": "圣诞节次日",
    "Boxing Day": "节礼日",
    # Britain
    "May Day": "五月初银行假日",
    "Spring Bank Holiday": "春季银行假日",
    "Late Summer Bank Holiday": "夏季银行假日",
    "Platinum Jubilee of Elizabeth II": "伊丽莎白二世登基七十周年庆典",
    "State Funeral of Queen Elizabeth II": "伊丽莎白二世国葬日",
    "Coronation of Charles III": "查尔斯三世加冕日",
    # The euro's payment system TARGET, and others
    "Labour Day": "劳动节",
    "Labor Day": "劳动节",
    "National Day": "国庆节",
    "Independence Day": "独立日",
    # United States
    "Birthday of Martin Luther King, Jr.": "马丁·路德·金日",
    "Washington's Birthday": "华盛顿诞辰日",
    "Memorial Day": "阵亡将士纪念日",
    "Juneteenth National Independence Day": "六月节",
    "Columbus Day": "哥伦布日",
    "Veterans Day": "退伍军人节",
    "Thanksgiving Day": "感恩节",
    # Singapore
    "Chinese New Year": "春节",
    "Vesak Day": "卫塞节",
    "Eid al-Fitr": "开斋节",
    "Eid al-Adha": "哈芝节",
    "Diwali": "屠妖节",
    "Polling Day": "投票日",
    # India
    "Republic Day": "共和国日",
    "Holi": "洒红节",
    "Ram Navami": "罗摩诞辰",
    "Mahavira's Birthday": "大雄诞辰",
    "Dr. B. R. Ambedkar's Birthday": "安贝德卡尔诞辰",
    "Buddha Purnima": "佛诞节",
    "Janmashtami (Vaishnava)": "黑天神诞辰",
    "Ashura": "阿舒拉节",
    "Mahatma Gandhi's Birthday": "甘地诞辰",
    "Dussehra": "十胜节",
    "Prophet's Birthday": "圣纪节",
    "Guru Nanak's Birthday": "那纳克祖师诞辰",
    "Maha Shivaratri": "湿婆节",
    # Australia
    "Australia Day": "澳大利亚国庆日",
    "ANZAC Day": "澳新军团日",
    "Queen's Birthday": "女王诞辰",
    "King's Birthday": "国王诞辰",
    "National Day of Mourning for Queen Elizabeth II": "伊丽莎白二世哀悼日",
}


@dataclass(frozen=True)
class Place:
    """One calendar to write; `last_year` is the last year its government has published.

    `country` may also be a market whose closing days the package knows. `chinese` is the package's own language code
    for Chinese, where it has one, and `categories` which lists of holidays count.
    """

    id: str
    country: str
    subdivision: str | None
    timezone: str
    last_year: int
    opening: tuple[str, ...]
    chinese: str | None = None
    categories: tuple[str, ...] = ("public",)

    def found(self, language: str | None = None) -> holidays.HolidayBase:
        """Give what the package knows about the published years, the names in that language if it has any."""
        years = range(FIRST_YEAR, self.last_year + 1)
        if self.country in holidays.list_supported_financial():
            return holidays.financial_holidays(self.country, years=years)
        return holidays.country_holidays(
            self.country, self.subdivision, years=years, language=language, categories=self.categories
        )

    def days(self, language: str) -> dict[date, str]:
        """Give the holidays of all published years by their names in that language."""
        found = self.found(language)
        return {day: found[day] for day in sorted(found)}

    def workdays(self) -> list[date]:
        """Give the weekend days that are worked in exchange for a holiday."""
        return sorted(day for day in self.found().weekend_workdays if FIRST_YEAR <= day.year <= self.last_year)


PLACES = (
    Place("CN", "CN", None, "Asia/Shanghai", 2026, ("09:00-12:00", "13:00-17:30"), "zh_CN"),
    Place("GB-ENG", "GB", "ENG", "Europe/London", 2027, ("09:00-17:00",)),
    # The closing days of TARGET, which never move; a unit of one country needs the calendar of that country.
    Place("EU-TARGET", "XECB", None, "Europe/Berlin", 2027, ("09:00-17:00",)),
    # The days on which the Federal Reserve is closed: a holiday on a Saturday does not close the Friday before.
    Place("US", "XFED", None, "America/New_York", 2027, ("09:00-17:00",)),
    # General holidays, which banks keep; the package's public ones are those of the employment ordinance alone.
    Place("HK", "HK", None, "Asia/Hong_Kong", 2026, ("09:00-17:00",), "zh_CN", ("public", "optional")),
    Place("SG", "SG", None, "Asia/Singapore", 2027, ("09:00-17:00",)),
    # The gazetted holidays of the whole country; each state has more. Muslim holidays of 2027 are estimates so far.
    Place("IN", "IN", None, "Asia/Kolkata", 2026, ("10:00-14:00", "14:30-17:00")),
    Place("AU-NSW", "AU", "NSW", "Australia/Sydney", 2027, ("09:00-17:00",)),
)


def render(place: Place) -> str:
    """Write the whole file of one calendar."""
    days = "\n".join(_days(place))
    digest = hashlib.sha256(days.encode()).hexdigest()[:8]
    opening = ", ".join(f'"{block}"' for block in place.opening)
    return f"""\
# Generated by `python -m infra.calendars` from the package holidays {version("holidays")}. Do not edit:
# days decided otherwise go into overrides/{place.id}.toml and win over this file.
id = "{place.id}"
version = "{place.last_year}.{digest}"
timezone = "{place.timezone}"
published_through = {place.last_year}-12-31
weekend = ["saturday", "sunday"]
opening = [{opening}]

{days}
"""


def _days(place: Place) -> Iterator[str]:
    english, workdays = place.days("en_US"), place.workdays()
    chinese = place.days(place.chinese) if place.chinese else {}
    if workdays:
        yield "[workdays]"
        for year in sorted({day.year for day in workdays}):
            yield f"{year} = [{', '.join(str(day) for day in workdays if day.year == year)}]"
        yield ""
    for year in range(FIRST_YEAR, place.last_year + 1):
        yield f"[holidays.{year}]"
        for day, name in english.items():
            if day.year == year:
                yield f'{day} = ["{_english(name)}", "{chinese.get(day) or _chinese(name)}"]'
        yield ""


def _english(name: str) -> str:
    """Write American dates inside a name the way the rest of the file does."""
    return re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\1-\2", name)


def _chinese(name: str) -> str:
    """Translate a name; two holidays on one day are two names."""
    plain = [one.removesuffix(" (observed)") for one in name.split("; ")]
    return "；".join(CHINESE[one] for one in plain) + ("（补假）" if name.endswith(" (observed)") else "")


def main() -> int:
    """Write every calendar; print which files changed."""
    for place in PLACES:
        path, text = FOLDER / f"{place.id}.toml", render(place)
        same = path.exists() and path.read_text(encoding="utf-8") == text
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {'unchanged' if same else 'written'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
