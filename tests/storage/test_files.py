from __future__ import annotations

from bot.effects import DropFiles, FileKept, KeepFile, StartJob
from bot.messages import FileRef
from bot.records import StoredFile
from storage.store import SqlStore
from tests.storage.people import NOW, look, write


def photo(id_: str, of: str) -> KeepFile:
    """Give a photo that came with a draft."""
    ref = FileRef(f"remote-{id_}", "photo", "ảnh.jpg", "image/jpeg", 9)
    return KeepFile(StoredFile(id_, of, "photo", "telegram", ref))


async def test_files_are_found_by_their_ids(store: SqlStore) -> None:
    """The files that answers name come in the order of the answers; erased and unknown ones do not come."""
    await write(store, *(photo(id_, of) for id_, of in (("f1", "a"), ("f2", "b"), ("f3", "a"), ("f4", "c"))))
    await write(store, FileKept("f3", "hash", 9, "image/jpeg"), DropFiles("c"))
    async with store.reading() as reads:
        found = await reads.files_by_id(["f3", "f4", "f1", "f3", "f9"])
        assert await reads.files_by_id([]) == []
    assert [(file.id, file.state) for file in found] == [("f3", "kept"), ("f1", "waiting")]
    assert found[1] == photo("f1", "a").file


async def test_a_cancelled_draft_takes_its_files_along(store: SqlStore) -> None:
    """Nothing but their number is left: no name, no reference, nobody fetches them or needs their contents."""
    fetches = [StartJob(f"fetch-{id_}", "fetch", {"file": id_, "chat": "5"}) for id_ in ("f1", "f2", "f3")]
    await write(store, photo("f1", "gone"), photo("f2", "gone"), photo("f3", "stays"), *fetches)
    await write(store, FileKept("f1", "hash-1", 9, "image/jpeg"), FileKept("f3", "hash-3", 9, "image/jpeg"))
    await write(store, DropFiles("gone"))
    await write(store, FileKept("f2", "hash-2", 9, "image/jpeg"))
    async with store.reading() as reads:
        assert [file.id for file in await reads.files(["gone", "stays"])] == ["f3"]
        assert await reads.still_kept(["hash-1", "hash-2", "hash-3"]) == {"hash-3"}
    rows = await look(store, "SELECT id, state, name, remote FROM attachments ORDER BY id")
    assert rows[:2] == [("f1", "erased", "", ""), ("f2", "erased", "", "")]
    assert [claim.job.id for claim in await store.due_jobs(NOW, 9)] == ["fetch-f3"]
