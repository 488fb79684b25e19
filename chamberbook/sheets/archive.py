"""Whether a file may be opened as a workbook: limits, no macros, no links to elsewhere."""

from __future__ import annotations

import io
import re
import zlib
from zipfile import BadZipFile, ZipFile

from chamberbook.problems import N_, Message
from chamberbook.sheets.cells import Wrong

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 500

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
#: Parts that do something or fetch something; what a table of facts needs is none of them.
_ACTIVE = re.compile(
    r"vbaProject|/macrosheets/|/dialogsheets/|/activeX/|/embeddings/|/ctrlProps/|customUI", re.IGNORECASE
)
_LINKS = re.compile(r"/externalLinks/|/connections\.xml|/queryTables/|/webextensions/", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_size(data: bytes) -> Wrong | None:
    """Whether the file itself is within the limit."""
    if len(data) <= MAX_BYTES:
        return None
    message = Message(N_("文件超过上限 {limit} MB"), {"limit": MAX_BYTES // 1024 // 1024})
    return _wrong(message, Message(N_("拆成几个文件，或删去图片等不属于资料的内容")))


def check_archive(data: bytes) -> Wrong | None:
    """Whether the bytes are a plain .xlsx workbook that is safe to unpack."""
    save = Message(N_("在表格软件里“另存为”，类型选“Excel 工作簿 (*.xlsx)”，不设密码"))
    if data.startswith(_OLE):
        return _wrong(Message(N_("这是旧格式（.xls、.et）的文件，或加了密码")), save)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return _check_parts(archive, save)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        return _wrong(Message(N_("这不是 .xlsx 工作簿，或文件坏了")), save)


def _check_parts(archive: ZipFile, save: Message) -> Wrong | None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        message = Message(N_("文件解开后太大，上限 {limit} MB"), {"limit": MAX_UNPACKED // 1024 // 1024})
        return _wrong(message, Message(N_("只留资料，另存一份再试")))
    if len(set(names)) != len(names) or "xl/workbook.xml" not in names:
        return _wrong(Message(N_("这不是 .xlsx 工作簿，或文件坏了")), save)
    texts = {name: archive.read(name) for name in names if name.lower().endswith((".xml", ".rels"))}
    if any(_ACTIVE.search(name) for name in names) or b"macroEnabled" in texts.get(
        "[Content_Types].xml", b""
    ):
        return _wrong(Message(N_("文件里有宏或控件，不读")), save)
    if any(_LINKS.search(name) for name in names):
        hint = Message(N_("断开到别的文件和网上数据的链接，另存一份再试"))
        return _wrong(Message(N_("文件链接到别的文件或网上的数据，不读")), hint)
    for text in texts.values():
        # A byte pattern can be hidden in UTF-16; no program writes workbooks in it.
        if _DECLARED.search(text) or text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in text[:200]:
            return _wrong(Message(N_("文件里有工作簿不该有的 XML 声明，不读")), save)
    return None


def _wrong(message: Message, hint: Message) -> Wrong:
    return Wrong("SHEET-001", message, hint)
