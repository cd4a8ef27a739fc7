"""Application forms of other programs, and of another day: each a change of the form that ships."""

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from community_partners.intake.form_template import FormTemplate, read_template
from community_partners.intake.program_form import TEMPLATE
from program_folder import ROOT

Element = dict[str, Any]
Change = Callable[[list[Element]], object]
SHIPPED = (ROOT / TEMPLATE).read_text("utf-8")
ANSWER = {"code": "Yes", "### Newsletter": "No", "files": "![a.png](https://files.example/a.png)"}
"""Answers to the questions that are added here, by id or heading."""


def changed(*changes: Change, text: str = SHIPPED) -> str:
    """The form after these changes."""
    form = yaml.safe_load(text)
    for change in changes:
        change(form["body"])
    return yaml.safe_dump(form, sort_keys=False, allow_unicode=True)


def questions(text: str) -> FormTemplate:
    return read_template(text)


def of(body: list[Element], key: str) -> Element:
    return next(one for one in body if one.get("id") == key)


def label(key: str, text: str) -> Change:
    return lambda body: of(body, key)["attributes"].update(label=text)


def attribute(key: str, **attributes: Any) -> Change:
    return lambda body: of(body, key)["attributes"].update(attributes)


def question(kind: str, text: str, after: str, *, required: bool = True, **more: Any) -> Change:
    """Add a question after the one with the id `after`."""
    attributes = {"label": text, **more.pop("attributes", {})}
    made = {"type": kind, "attributes": attributes, "validations": {"required": required}, **more}
    return lambda body: body.insert(body.index(of(body, after)) + 1, made)


def without(key: str) -> Change:
    return lambda body: body.remove(of(body, key))


def moved(key: str, to: int) -> Change:
    def move(body: list[Element]) -> None:
        element = of(body, key)
        body.remove(element)
        body.insert(to, element)

    return move


def box(text: str, *, required: bool = False) -> Change:
    made = {"label": text, "required": required}
    return lambda body: of(body, "consent")["attributes"]["options"].append(made)


GERMAN = {
    "name": "Organisation",
    "website": "Webseite",
    "country": "Land des Hauptsitzes",
    "description": "Was Sie tun",
    "services": "Leistungen",
    "contact": "Kontaktseite",
    "logo": "Logo (freiwillig)",
    "github": "Organisation auf GitHub",
    "platform": "Plattform",
    "account": "Zahlendes Konto",
    "team": "Mitglieder des Teams",
    "consent": "Veröffentlichung",
}
CODE = question(
    *("dropdown", "Do you follow our code?", "country"),
    id="code",
    attributes={"options": ["Yes", "No"]},
)
GROUP = {
    "type": "checkboxes",
    "id": "rules",
    "attributes": {
        "label": "Rules",
        "options": [
            {"label": "We keep the code of conduct.", "required": True},
            {"label": "We would like a visit."},
        ],
    },
}
CHANGES: Mapping[str, tuple[Change, ...]] = {
    "retitled": (label("country", "Country"),),
    "translated": tuple(label(key, text) for key, text in GERMAN.items()),
    "a required question more": (CODE,),
    "a question without id": (question("input", "Newsletter", "services"),),
    "an upload": (question("upload", "Files", "logo", required=False, id="files"),),
    "an unknown type": (question("signature", "Sign here", "team", required=False, id="sign"),),
    "a question less": (without("logo"), without("big-mac-comparable")),
    "moved to the top": (moved("team", 0),),
    "moved to the end": (moved("description", 99),),
    "the boxes moved": (moved("consent", 4),),
    "an optional box": (box("Tell us about events."),),
    "two groups of boxes": (lambda body: body.append(GROUP),),
    "rendered": (attribute("team", render="text"), attribute("services", render="text")),
    "default values": (
        attribute("country", value="United States"),
        attribute("platform", default=0),
        attribute("description", value="<!-- In your own words -->\n### In short\n"),
    ),
    "much longer": tuple(
        question("textarea", f"Question {at}", "github", required=at % 2 == 0, id=f"q{at}")
        for at in range(40)
    ),
    "other words of consent": (
        attribute("consent", options=[{"label": "All of this is public.", "required": True}]),
    ),
    "other names of platforms": (
        attribute("platform", options=["Sponsors on GitHub", "By Open Collective"]),
    ),
    "prose more": (
        lambda body: body.insert(3, {"type": "markdown", "attributes": {"value": "### Hello"}}),
    ),
}
