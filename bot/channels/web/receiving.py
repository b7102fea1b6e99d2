"""Takes in a file that a page sends."""

from __future__ import annotations

from typing import Final

from aiohttp import BodyPartReader, web

from bot.channels.web.desk import Desk
from bot.messages import FileRef

PIECE: Final = 64 * 1024


async def received(desk: Desk, request: web.Request) -> FileRef:
    """Read and keep the one file of a form.

    Raises HTTPBadRequest for another form, HTTPRequestEntityTooLarge, HTTPUnsupportedMediaType for another type.
    """
    if request.content_type != "multipart/form-data":
        raise web.HTTPUnsupportedMediaType(text="A form with a file is wanted.")
    try:
        part = await _part(desk, request)
        data = await _read(part, desk.site.max_file)
    except ConnectionError:  # on weak networks that is everyday: the page sends it again
        raise web.HTTPBadRequest(text="The connection broke off.") from None
    ref = await desk.uploads.keep(data, part.filename or "")
    if ref is None:
        raise web.HTTPUnsupportedMediaType(text="Photos, PDF, Word and Excel only.")
    return ref


async def _read(part: BodyPartReader, most: int) -> bytes:
    data = bytearray()
    while piece := await part.read_chunk(PIECE):
        data += piece
        if len(data) > most:
            raise web.HTTPRequestEntityTooLarge(most, len(data))
    return bytes(data)


async def _part(desk: Desk, request: web.Request) -> BodyPartReader:
    if (request.content_length or 0) > desk.site.max_file + PIECE:
        raise web.HTTPRequestEntityTooLarge(desk.site.max_file, request.content_length or 0)
    try:
        part = await (await request.multipart()).next()
    except ValueError:
        part = None
    if not isinstance(part, BodyPartReader) or part.name != "file":
        raise web.HTTPBadRequest(text="A form with a file is wanted.")
    return part
