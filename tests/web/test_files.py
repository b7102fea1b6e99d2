"""Files: what people send, and what they are given."""

from __future__ import annotations

import io
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientResponse, FormData

from bot.channels.web.uploads import YOUNG, clean_name
from bot.cli.wiring import utc_now
from bot.effects import EndRoles, GrantRole
from bot.messages import Address, Attachment, Message, Reader
from bot.ports import StoreBusy
from bot.records import Role
from tests.fake_telegram.users import JPEG
from tests.web.conftest import Browser, browsing
from tests.webhouse import WebHouse, chat_of

CHAIR = chat_of("Páo")
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


async def send(browser: Browser, data: bytes, name: str = "ảnh.jpg", id_: str = "photo-number-1") -> ClientResponse:
    form = FormData(quote_fields=False)
    form.add_field("file", io.BytesIO(data), filename=name, content_type="image/jpeg")
    return await browser.post(f"/chat/files?id={id_}", data=form)


async def test_a_photo_is_shown_again(chair: Browser) -> None:
    """What was sent stands in the conversation, with its name, and can be looked at."""
    assert (await send(chair, JPEG, "Hội nghị 1.jpg")).status == 200
    line = (await chair.lines())[0]
    (file,) = line["files"]
    assert (file["name"], file["photo"], file["size"]) == ("Hội nghị 1.jpg", True, len(JPEG))
    answer = await chair.get(f"/{file['url']}")
    assert (answer.status, answer.content_type, await answer.read()) == (200, "image/jpeg", JPEG)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "data",
    [b"<svg onload=alert(1)>", b"<html><script>alert(1)</script>", b"MZ\x90\x00", b"GIF89a", b"", b"PK\x03\x04zip"],
    ids=["svg", "html", "exe", "gif", "empty", "zip"],
)
async def test_the_type_is_told_from_the_content(house: WebHouse, chair: Browser, data: bytes) -> None:
    """A name and a type that are not true help nobody; nothing of it is kept."""
    assert (await send(chair, data)).status == 415
    assert not house.page._desk.uploads.folder.exists() or not any(house.page._desk.uploads.folder.iterdir())


async def test_a_file_beyond_the_limit_is_refused(chair: Browser) -> None:
    """Neither a file that says how large it is, nor one that does not, is taken into memory whole."""
    large = JPEG + b"x" * (1024 * 1024)
    assert (await send(chair, large)).status == 413

    async def pieces() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + JPEG
        for _piece in range(40):
            yield b"x" * 65536
        yield b"\r\n--x--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await chair.post("/chat/files?id=photo-number-2", data=pieces(), headers=headers)
    assert answer.status == 413


async def test_what_is_no_form_is_refused(chair: Browser) -> None:
    """A body without a file, or with a bad id, does no harm."""
    form = FormData()
    form.add_field("other", JPEG, filename="a.jpg")
    assert (await chair.post("/chat/files?id=photo-number-1", data=form)).status == 400
    assert (await send(chair, JPEG, id_="x")).status == 400
    assert (await chair.post("/chat/files?id=photo-number-1", {"a": 1})).status == 415


async def test_nobody_else_gets_a_file(house: WebHouse, chair: Browser) -> None:
    """The address of a file is worth nothing without the session it belongs to, and cannot be made up."""
    await send(chair, JPEG)
    (file,) = (await chair.lines())[0]["files"]
    url = f"/{file['url']}"
    async with browsing(house) as stranger, browsing(house, await house.person("Lan", unit="TU-02")) as other:
        assert (await stranger.get(url)).status == 401
        assert (await other.get(url)).status == 404
    *front, mark, name = url.split("/")
    assert (await chair.get("/".join([*front, "A" * 22, name]))).status == 404
    assert (await chair.get("/".join([*front[:-1], "1", mark, name]))).status == 404


async def test_a_file_of_ours_is_saved_under_its_name(house: WebHouse, chair: Browser, tmp_path: Path) -> None:
    """An export comes as a download, whatever is in it; a picture may be looked at; one that is gone is 404."""
    (tmp_path / "x.json").write_text("<script>alert(1)</script>")
    (tmp_path / "x.png").write_bytes(PNG)
    attachments = tuple(
        Attachment(str(tmp_path / name), shown)
        for name, shown in (("x.json", 'dữ "liệu".json'), ("x.png", "a.png"), ("no", "no.png"))
    )
    await house.say(CHAIR, "đây", message=Message("Đây ạ", attachments=attachments))
    files = (await chair.lines())[0]["files"]
    export = await chair.get(f"/{files[0]['url']}")
    assert export.content_type == "application/octet-stream"
    assert export.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''d%E1%BB%AF%20%22li")
    assert (await chair.get(f"/{files[1]['url']}")).content_type == "image/png"
    assert (await chair.get(f"/{files[2]['url']}")).status == 404


async def test_a_document_of_an_area_is_for_its_officers(house: WebHouse, tmp_path: Path) -> None:
    """Only while they are: the same address is 404 once the post is over."""
    (tmp_path / "x").write_bytes(b"PK")
    link = await house.person("Mai", Role.AREA_OFFICER, "TU")
    async with browsing(house, link) as officer:
        reader = Reader(Address("web", chat_of("Mai")), (await _unit(house, "TU-01"),))
        attachment = Attachment(str(tmp_path / "x"), "BC.docx", reader=reader)
        await house.say(chat_of("Mai"), "đây", message=Message("Đây ạ", attachments=(attachment,)))
        (file,) = (await officer.lines())[0]["files"]
        assert (await officer.get(f"/{file['url']}")).status == 200
        await house.write(EndRoles(await _unit(house, "TU"), Role.AREA_OFFICER, "", utc_now().date()))
        await house.write(GrantRole("p-Mai", await _unit(house, "TP"), Role.AREA_OFFICER, utc_now().date()))
        assert (await officer.get(f"/{file['url']}")).status == 404


async def _unit(house: WebHouse, code: str) -> int:
    async with house.store.reading() as reads:
        unit = await reads.unit_by_code(code)
    assert unit is not None
    return unit.id


async def test_what_was_not_committed_is_not_kept(house: WebHouse, chair: Browser) -> None:
    """A file whose message the database refused is deleted; the page sends both again."""
    desk, deliver = house.page._desk, house.page._desk.deliver

    async def busy(_batch: object) -> None:
        raise StoreBusy("locked")

    desk.deliver = busy
    assert (await send(chair, JPEG)).status == 503
    assert list(desk.uploads.folder.iterdir()) == []
    desk.deliver = deliver
    assert (await send(chair, JPEG)).status == 200


async def test_uploads_are_cleared_away(house: WebHouse, chair: Browser) -> None:
    """What no report waits for is deleted after a while, and not before."""
    await send(chair, JPEG)
    folder = house.page._desk.uploads.folder
    (upload,) = folder.iterdir()
    assert upload.stat().st_mode & 0o777 == 0o600
    await house.page.tidy(utc_now())
    assert upload.exists()
    old = time.time() - YOUNG - 1
    os.utime(upload, (old, old))
    await house.page.tidy(utc_now())
    assert not upload.exists()


@pytest.mark.parametrize("remote", ["../web.db", "/etc/passwd", "", "a" * 32, "x/../../y"])
async def test_fetching_never_leaves_the_folder(house: WebHouse, remote: str) -> None:
    """What is no name of an upload is not looked for."""
    assert house.page._desk.uploads.path(remote) is None


@pytest.mark.parametrize(
    ("name", "clean"),
    [("C:\\ảnh\\a.jpg", "a.jpg"), ("../../b.pdf", "b.pdf"), ("x\r\nSet-Cookie: y.png", "xSet-Cookie: y.png"), ("", "")],
)
def test_names_are_cleaned(name: str, clean: str) -> None:
    """Of a name only its last part stays, without control characters."""
    assert clean_name(name) == clean
