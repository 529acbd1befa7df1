"""The list of documents is ordered by title and filtered by what the fields say."""

from tests.web.scripted import ScriptedAssistant
from web.catalogue import FIELDS, Wanted, choices, entries, years


def test_a_period_spans_its_years() -> None:
    """Both ends and all between count; a typing error does not make a century."""
    assert years(["2020/2022"]) == ("2020", "2021", "2022")
    assert years(["2020-09-17"]) == ("2020",)
    assert years(["2019", "2021/2022"]) == ("2019", "2021", "2022")
    assert years(["1920/2022"]) == ("1920", "2022")
    assert years(["12345"]) == ()


def test_filters_choose_by_funder_year_and_theme(assistant: ScriptedAssistant) -> None:
    """Each filter alone and all together choose what fits; empty ones choose everything."""
    listed = entries(assistant.documents(), assistant.field_values(FIELDS))

    def fitting(wanted: Wanted) -> list[str]:
        return [entry.info.document_id for entry in listed if entry.fits(wanted)]

    assert fitting(Wanted()) == ["savo/ita.txt", "uusimaa.txt"]
    assert fitting(Wanted(funder="Unioni")) == ["uusimaa.txt"]
    assert fitting(Wanted(year="2021")) == ["savo/ita.txt", "uusimaa.txt"]
    assert fitting(Wanted(year="2020", theme="Terveys")) == ["savo/ita.txt"]
    assert fitting(Wanted(funder="Unioni", year="2020")) == []


def test_every_value_can_be_chosen_once(assistant: ScriptedAssistant) -> None:
    """The choices are sorted and without doubles."""
    found = choices(entries(assistant.documents(), assistant.field_values(FIELDS)))
    assert found.funders == ("Ministeriö", "Unioni")
    assert found.years == ("2020", "2021", "2022", "2023")
    assert found.themes == ("Terveys",)
