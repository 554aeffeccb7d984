"""The map of themes: a picture of all segments, the same as a list, and both as files."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api.dependencies import Reading, StudyAccess
from api.map_pages import Format, map_page, point_page, segments_page
from api.pages import is_fragment, render
from api.policies import CODERS, allow
from capture.theming.found import Level
from codebook.exports.file_names import map_name
from codebook.exports.map_files import MAP_FORMATS
from codebook.theme_map import theme_map

router = APIRouter(prefix="/studies/{study_id}/candidates/map", tags=["candidate themes"])

Cut = Annotated[Level, Query()]
ThemeId = Annotated[int | None, Query(ge=0, le=2**53)]


@router.get("", summary="The map of themes", dependencies=[allow(CODERS)])
def drawn(
    request: Request, session: Reading, access: StudyAccess, granularity: Cut = "middle"
) -> Response:
    """Every segment as a point, coloured by theme, with the themes' names; the same as a list."""
    return render(request, "candidates/map.html", **map_page(session, access, granularity))


@router.get("/export", summary="Export the map", dependencies=[allow(CODERS)])
def export(
    session: Reading,
    access: StudyAccess,
    granularity: Cut = "middle",
    format: Annotated[Format, Query()] = "svg",  # noqa: A002 - the address's own word
) -> Response:
    """The map as an SVG or PNG picture or a CSV table; no words that were said are in them."""
    write, media = MAP_FORMATS[format]
    content = write(theme_map(session, access.study.id, granularity), access.study.name)
    name = map_name(access.study.name, granularity, format)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media, headers=headers)


@router.get("/segments", summary="The map as a list", dependencies=[allow(CODERS)])
def segments(
    request: Request,
    session: Reading,
    access: StudyAccess,
    granularity: Cut = "middle",
    theme: ThemeId = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """The segments of the map with their words, theme by theme, or those of one theme alone."""
    context = segments_page(session, access, granularity, theme, page)
    return render(request, "candidates/map_segments.html", **context)


@router.get("/{passage_id}", summary="A segment on the map", dependencies=[allow(CODERS)])
def point(
    request: Request,
    session: Reading,
    access: StudyAccess,
    passage_id: Annotated[int, Path(ge=1, le=2**53)],
    granularity: Cut = "middle",
) -> Response:
    """One segment's words, what was said around them, and the themes it belongs to."""
    context = point_page(session, access, granularity, passage_id)
    template = "candidates/_map_point.html" if is_fragment(request) else "candidates/map_point.html"
    return render(request, template, **context)
