"""The documentation says what is there: commands, settings, routes, links, true JSON."""

import json
import re
import shlex
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from typer.main import get_command

from api.app import create_app
from api.cli import app as command_line
from api.policies import allowed_on
from capture.settings import Settings
from tests.commands import greenshoots, well
from transcripts.samples import SAMPLE_STUDY

TOP = Path(__file__).parent.parent
PAGES = [TOP / "README.md", TOP / "CHANGELOG.md", *sorted((TOP / "docs").rglob("*.md"))]
COMMAND_LINE = (TOP / "docs" / "command-line.md").read_text("utf-8")
SERVICE = (TOP / "docs" / "service.md").read_text("utf-8")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
EXAMPLE = re.compile(r"Example: (greenshoots .+)")


def commands() -> dict[str, str]:
    """Every command by its words, with its help."""
    found = {}

    def walk(command, words):
        for name, child in getattr(command, "commands", {}).items():
            if hasattr(child, "commands"):
                walk(child, [*words, name])
            else:
                found[" ".join([*words, name])] = child

    walk(get_command(command_line), ["greenshoots"])
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented_with_an_example(name):
    assert f"`{name}" in COMMAND_LINE
    example = EXAMPLE.search(commands()[name].help)
    assert example
    assert example.group(1).startswith(name)


@pytest.mark.parametrize("name", commands())
def test_every_option_of_a_documented_example_exists(name):
    command = commands()[name]
    options = {text for p in command.params for text in (*p.opts, *p.secondary_opts)}
    words = shlex.split(EXAMPLE.search(command.help).group(1))
    assert {word for word in words if word.startswith("-")} <= options


def test_every_setting_is_documented_with_its_default():
    for name, field in Settings.model_fields.items():
        row = re.search(rf"^\| `GREENSHOOTS_{name.upper()}` \|.*$", COMMAND_LINE, re.MULTILINE)
        assert row, name
        if field.default_factory is None:
            assert str(field.default).lower() in row.group().lower(), name


def test_every_route_is_documented_with_who_may_use_it(tmp_path):
    app = create_app(Settings(data=tmp_path))
    routes = [route for route in app.routes if isinstance(route, APIRoute)]
    there = {
        f"| `{','.join(sorted(r.methods))} {r.path}` | {allowed_on(r).policy.name} |"
        for r in routes
    }
    told = set(re.findall(r"^(\| `[A-Z,]+ /[^`]*` \| [^|]+ \|)", SERVICE, re.MULTILINE))
    assert told == there
    app.state.store.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_readme_names_every_page_of_the_documentation():
    readme = (TOP / "README.md").read_text("utf-8")
    named = {target for target in LINK.findall(readme) if target.startswith("docs/")}
    there = {f"docs/{page.name}" for page in (TOP / "docs").glob("*.md")}
    assert there <= named


@pytest.mark.parametrize(
    ("command", "list_name"), [("themes", "themes"), ("suggest", "suggestions")]
)
def test_the_documented_json_has_the_shape_of_the_real_one(analysed, command, list_name):
    shown = [
        json.loads(block) for block in re.findall(r"```json\n(.*?)```", COMMAND_LINE, re.DOTALL)
    ]
    example = next(one for one in shown if list_name in one)
    real = json.loads(well(greenshoots(analysed, command, "--study", SAMPLE_STUDY, "--json")))
    assert shape(example[list_name][0]) == shape(real[list_name][0])


def shape(value: object) -> object:
    """Keys and kinds of values; one item stands for a list."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__
