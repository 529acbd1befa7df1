"""Persons that a page lists are found by their role, or by the area that they stand beside."""

import pytest

from corpus.fields import find_fields
from corpus.model import Section
from corpus.sections import Block
from qa.assistant import Assistant
from qa.roles import area_before


def _told(samples: Assistant, text: str) -> list[str]:
    answer = samples.ask(text).answer
    assert answer is not None
    return answer.text.split("; ")


def _names(samples: Assistant, text: str) -> list[str]:
    """Give the last two words before each address: the names of those who are told."""
    plain = (said.replace(",", " ").replace("(", " ").split() for said in _told(samples, text))
    return [" ".join([word for word in words if "@" not in word][-2:]) for words in plain]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kuka on Etelä-Savon hankejohtaja?", ["Mari Teittinen"]),
        ("Who is the project director in South Savo?", ["Mari Teittinen"]),
        ("Vem är projektdirektör i Södra Savolax?", ["Mari Teittinen"]),
        ("Vem är välfärdskoordinator i Södra Savolax?", ["Eeva Häkkinen"]),
        (
            "Who are the project managers in Etelä-Savo?",
            ["Jani Naukkarinen", "Patrik Hujanen", "Ann-Sofie Thomas", "Tapani Patosalmi"],
        ),
    ],
)
def test_a_role_is_answered_by_who_has_it(samples: Assistant, text: str, names: list[str]) -> None:
    """The role as printed or in another language; each person once, in the order of the page."""
    assert _names(samples, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kuka on ikääntyvien hankepäällikkö Etelä-Savossa?", ["Patrik Hujanen"]),
        ("Kuka vastaa nuorista Etelä-Savossa?", ["Jani Naukkarinen"]),
        ("Vem ansvarar för unga i Södra Savolax?", ["Jani Naukkarinen"]),
        ("Vem är projektchef för långtidssjuka i Södra Savolax?", ["Mari Teittinen"]),
        (
            "Who is the project manager of investment 2 in Etelä-Savo?",
            ["Ann-Sofie Thomas", "Eeva Häkkinen"],
        ),
    ],
)
def test_an_area_is_answered_by_who_stands_beside_it(
    samples: Assistant, text: str, names: list[str]
) -> None:
    """What is said before a person on the line tells whose area is asked about."""
    assert _names(samples, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Who is the contact for Etelä-Savo?",
        "Kuka vastaa Etelä-Savon hankkeesta?",
        "Vem är kontaktperson för unga i Södra Savolax?",
    ],
)
def test_the_contact_stays_the_contact(samples: Assistant, text: str) -> None:
    """Without a role or an area, or where the contact is called by name, the label's value is."""
    answer = samples.ask(text).answer
    assert answer is not None
    assert answer.field == "contact_name"


@pytest.mark.parametrize(
    "text",
    [
        "Kuka on Etelä-Savon talousjohtaja?",
        "Who is the communications director in South Savo?",
        "Vem är ekonomichef i Södra Savolax?",
    ],
)
def test_a_role_that_nobody_has_is_nobody_s(samples: Assistant, text: str) -> None:
    """A director of something else is not the one who is listed."""
    answer = samples.ask(text).answer
    assert answer is None or answer.field != "person"


def test_an_area_is_what_stands_before_on_the_line() -> None:
    """Two who share an area have the same; a colon after the first opens another."""
    text = (
        "Alku.\n"
        "Nuoret: projektipäällikkö Matti Niemi; vanhat: projektipäällikkö Liisa Lahti\n"
        "Terveys projektipäällikkö Anna Salo / hankesihteeri Pekka Puro\n"
    )
    listed = [
        f for f in find_fields(text, [Block(Section((), 0, len(text)))]) if f.name == "person"
    ]
    areas = [area_before(text, person.start, listed).strip(" ;:") for person in listed]
    assert areas == ["Nuoret", "vanhat", "Terveys", "Terveys"]


@pytest.mark.parametrize(
    "text",
    [
        "What does Eeva Häkkinen do?",
        "Vad jobbar Eeva Häkkinen som?",
        "Kuka on Eeva Häkkinen?",
        "Missä tehtävässä Eeva Häkkinen toimii?",
        "In what capacity does Eeva Häkkinen work?",
    ],
)
def test_what_a_person_does_is_the_role(samples: Assistant, text: str) -> None:
    """Of a person who is named, what they do is no purpose of a project."""
    (told,) = _told(samples, text)
    assert "hyvinvointikoordinaattori" in told


def test_a_role_is_told_once(samples: Assistant) -> None:
    """Who is listed twice in the same role is told where most is printed."""
    assert len(_told(samples, "What does Mari Teittinen do?")) == 1


@pytest.mark.parametrize(
    "text",
    ["Mitä Pia Karttunen tekee?", "Why does Eeva Häkkinen work?", "How does Eeva Häkkinen work?"],
)
def test_nothing_else_is_a_role(samples: Assistant, text: str) -> None:
    """A name without a role tells none, and neither how nor why asks for one."""
    answer = samples.ask(text).answer
    assert answer is None or answer.field != "person"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("What is the email of the welfare coordinator in South Savo?", "eeva.hakkinen"),
        ("Nuorten hankepäällikön sähköposti, Etelä-Savo", "jani.naukkarinen"),
        (
            "Vad är e-postadressen till den som ansvarar för unga i Södra Savolax?",
            "jani.naukkarinen",
        ),
        ("What is the e-mail of the contact for Etelä-Savo?", "mari.teittinen"),
    ],
)
def test_the_address_is_of_who_has_the_role(samples: Assistant, text: str, address: str) -> None:
    """An e-mail asked for by role or area is not the contact's."""
    (told,) = _told(samples, text)
    assert told.startswith(address)


def test_who_has_no_address_has_none(samples: Assistant) -> None:
    """Another's e-mail does not stand in for one that the page does not print."""
    assert samples.ask("What is Ann-Sofie Thomas's e-mail?").status == "not_found"
