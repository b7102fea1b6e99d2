"""Photos and files for a case: by its number, in albums, with an answer; the wrong ones are refused."""

from __future__ import annotations

from dataclasses import replace

from bot.effects import FileKept
from bot.messages import Arrival, FileRef, Incoming
from tests.cases.province import Province, Said, heard, to

PDF = FileRef("r-pdf", "file", "quyết định.pdf", "application/pdf", 900)
FILM = FileRef("r-film", "file", "phim.mp4", "video/mp4", 900)


async def petition(province: Province) -> None:
    """Let the chair send a petition."""
    await province.types("Páo", "kien nghi", "7", "1", "nước uống trong xưởng không sạch", "1", "1")


async def sends(province: Province, *messages: Incoming) -> Said:
    """Let files come in; the clock moves past the pause after an album."""
    return heard(await province.stage.gets(*messages))


def files(province: Province, name: str, caption: str, *refs: FileRef) -> Incoming:
    """Make a message with files."""
    return province.stage.text(name.lower(), caption, what=Arrival.FILES, files=refs)


async def kept(province: Province) -> list[str]:
    """Let every waiting file of the first case arrive; give their places in it."""
    async with province.stage.store.reading() as reads:
        case = await reads.case(1)
        assert case is not None
        found = await reads.files([case.id])
    await province.stage.effects(*(FileKept(one.id, f"hash-{one.id}", 9, "image/jpeg") for one in found))
    return [one.field for one in found]


async def attached(province: Province, name: str, text: str) -> list[str]:
    """Give the names of the files that come with what is answered."""
    said = await province.stage.gets(province.stage.text(name.lower(), text))
    return [file.name for _address, message in said for file in message.attachments]


async def test_an_album_under_the_code_is_one_addition(province: Province) -> None:
    """The officer is told once, the chair gets one receipt; whoever reads the case gets the photos."""
    await petition(province)
    album = province.stage.photos("páo", 3, album="a1")
    said = await sends(province, replace(album[0], text="KN 1 bể nước đây ạ"), *album[1:])
    assert to(said, "mai") == ["There is something new about KN1. Type KN1 to read it."]
    assert to(said, "páo") == ["KN1: 3 files were added."]
    assert await kept(province) == ["1", "1", "1"]
    assert "bể nước đây ạ (3 files)" in to(await province.types("Mai", "kn1"), "mai")[0]
    assert len(await attached(province, "Mai", "kn1")) == 3
    assert len(await attached(province, "Páo", "kn1")) == 3
    assert await attached(province, "Lan", "kn1") == []


async def test_photos_right_after_a_case_was_opened_or_looked_at(province: Province) -> None:
    """No code is needed then; with another report open, a photo without the code is not the case's."""
    await petition(province)
    assert "1 file was added" in to(await sends(province, *province.stage.photos("páo")), "páo")[0]
    await province.types("Páo", "menu")
    assert "open a report first" in to(await sends(province, *province.stage.photos("páo")), "páo")[0]
    await province.types("Páo", "kn1 thêm ý này")
    assert "1 file was added" in to(await sends(province, *province.stage.photos("páo")), "páo")[0]
    await province.types("Páo", "kn1 hỏi anh Giàng A Sùng", "1")
    assert "1 file was added" in to(await sends(province, *province.stage.photos("páo")), "páo")[0]
    await province.types("Páo", "menu")
    await province.types("Páo", "kn1")
    assert "1 file was added" in to(await sends(province, *province.stage.photos("páo")), "páo")[0]
    await province.types("Páo", "doi thoai")
    assert "KN1" not in to(await sends(province, *province.stage.photos("páo")), "páo")[0]
    said = await sends(province, files(province, "Páo", "kn1", PDF))
    assert to(said, "páo") == ["KN1: 1 file was added."]
    assert "dialogue" in to(await province.types("Páo", "tiep"), "páo")[0].lower(), "the report is still there"


async def test_nothing_finished_stays_open(province: Province) -> None:
    """After a petition was sent, its summary is no open question any more; a digit is not understood as its answer."""
    await petition(province)
    async with province.stage.store.batch() as batch:
        asks = (await batch.world([province.stage.text("páo", "1")], province.stage.clock.now)).asks
    assert [(ask.draft, dict(ask.choices)) for ask in asks.values()] == [("", {})]


async def test_wrong_files_are_refused_kindly(province: Province) -> None:
    """A film, a huge file and the twenty-first one are not kept; the sender hears why at once."""
    await petition(province)
    assert "Photos, PDF, Word" in to(await sends(province, files(province, "Páo", "kn1", FILM)), "páo")[0]
    large = replace(PDF, size=90 * 1024 * 1024)
    assert "too large" in to(await sends(province, files(province, "Páo", "kn1", large)), "páo")[0]
    many = [replace(PDF, remote=f"r{n}") for n in range(25)]
    await sends(province, files(province, "Páo", "kn1", *many))
    said = await sends(province, files(province, "Páo", "kn1", PDF))
    assert said == [("páo", "KN1 has 20 files already; no more fit.")]
    assert len(await kept(province)) == 20


async def test_an_officers_file_goes_with_the_answer(province: Province) -> None:
    """Sent with the code or at the question, it belongs to the answer once that is sent, and the chair gets it."""
    await petition(province)
    await sends(province, files(province, "Mai", "KN1 Đã có quyết định", PDF))
    await sends(province, *province.stage.photos("mai"))
    assert await attached(province, "Páo", "kn1") == []
    said = await province.types("Mai", "1")
    assert "KN1 has an answer" in to(said, "páo")[0]
    assert await kept(province) == ["1", "1"]
    assert len(await attached(province, "Páo", "kn1")) == 2
    assert "Đã có quyết định (2 files)" in to(await province.types("Páo", "kn1"), "páo")[0]


async def test_an_onlookers_file_is_not_taken(province: Province) -> None:
    """Whoever may not read a case adds nothing to it."""
    await petition(province)
    await sends(province, files(province, "Lan", "kn1", PDF))
    await sends(province, files(province, "Xa", "kn1", PDF))
    assert await kept(province) == []


async def test_names_in_a_note_are_asked_about(province: Province) -> None:
    """One digit takes them out; files sent with such words come along."""
    await petition(province)
    said = await sends(province, files(province, "Páo", "kn1 anh Giàng A Páo 0912345678 bị ốm", PDF))
    assert "name or a telephone number" in to(said, "páo")[0]
    assert to(said, "mai") == []
    said = await province.types("Páo", "1")
    assert "added to KN1" in to(said, "páo")[0]
    shown = to(await province.types("Mai", "kn1"), "mai")[0]
    assert "bị ốm (1 file)" in shown
    assert "Giàng" not in shown
    assert "0912345678" not in shown


async def test_erasure_takes_the_files_along(province: Province) -> None:
    """What somebody sent for a case goes with their data; what others sent stays."""
    await petition(province)
    await sends(province, files(province, "Páo", "kn1", PDF))
    await sends(province, files(province, "Sùng", "kn1 thêm ảnh", PDF))
    async with province.stage.store.reading() as reads:
        assert len(await reads.files_sent_beside("p-páo")) == 1
    await province.types("Páo", "du lieu", "3", "co")
    async with province.stage.store.reading() as reads:
        assert await reads.files_sent_beside("p-páo") == []
    assert await kept(province) == ["2"]
