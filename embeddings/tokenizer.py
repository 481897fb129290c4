"""The model's tokenizer in a tenth of the memory: the ids of its `tokenizer.json`, from tables mapped from files.

`tokenizers` holds the 250,002 pieces of this vocabulary in nested hash maps: 280 MB and 1.6 s at every start.
Here the pieces lie sorted in one byte string, and one open-addressing table maps the CRC-32 of every prefix of
every piece to the first piece that has it; a walk through a word stops at the first prefix that no piece has.
Normalisation (NFKC by the model's own character map) stays with `tokenizers`, which needs no vocabulary for it.

Segmentation is the Viterbi search of the unigram model (Kudo 2018, arXiv:1804.10959), with the tie-breaking and
the fusing of unknowns of `tokenizers`; tests compare the two on arbitrary text.
"""

import json
import re
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers

from embeddings.errors import ModelBuildError

_META = "▁"
_WORDS = re.compile(f"{_META}[^{_META}]*|[^{_META}]+")
_UNKNOWN_PENALTY = 10.0
_EMPTY_SLOT = -1
_CACHED_WORDS = 20_000
_CACHED_WORD_LENGTH = 32
_TABLES = ("ends", "ids", "scores", "slots")


class UnigramTokenizer:
    """Text to ids, without the marks of beginning and end. Safe to call from several threads."""

    def __init__(self, folder: Path) -> None:
        """Map the tables in `folder`, as `write_tables` made them.

        Raises:
            OSError: a file is not there.
        """
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        self.begin_id: int = settings["begin_id"]
        self.end_id: int = settings["end_id"]
        self._unknown_id: int = settings["unknown_id"]
        self._special: dict[str, int] = settings["special"]
        self._special_pattern = re.compile("(" + "|".join(map(re.escape, self._special)) + ")")
        self._normalizer = _normalizer(settings["normalizer"])
        self._pieces = (folder / "pieces.bin").read_bytes()
        tables = {name: memoryview(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _TABLES}
        self._ends, self._ids, self._scores, self._slots = (tables[name] for name in _TABLES)
        self._mask = len(self._slots) - 1
        self._unknown_score: float = settings["lowest_score"] - _UNKNOWN_PENALTY
        self._known_words: dict[str, tuple[int, ...]] = {}

    def encode(self, text: str) -> list[int]:
        """Ids of `text`, without the marks around it. A special token spelt out in it is that token."""
        ids: list[int] = []
        for part in self._special_pattern.split(text):
            if part in self._special:
                ids.append(self._special[part])
            elif part:
                for word in _words(self._normalizer.normalize_str(part)):
                    ids.extend(self._word_ids(word))
        return ids

    def _word_ids(self, word: str) -> tuple[int, ...]:
        known = self._known_words.get(word)
        if known is not None:
            return known
        ids = self._segment(word)
        if len(word) <= _CACHED_WORD_LENGTH:
            if len(self._known_words) >= _CACHED_WORDS:
                self._known_words.clear()
            self._known_words[word] = ids
        return ids

    def _segment(self, word: str) -> tuple[int, ...]:
        """The most probable segmentation of one word (Viterbi, left to right)."""
        characters = [character.encode() for character in word]
        length = len(characters)
        best_score = [0.0] + [float("-inf")] * length
        best_start = [0] * (length + 1)
        best_id = [self._unknown_id] * (length + 1)
        for start in range(length):
            base = best_score[start]
            single = False
            for end, piece in self._pieces_from(characters, start):
                single = single or end == start + 1
                score = base + self._scores[piece]
                if score > best_score[end]:
                    best_score[end], best_start[end], best_id[end] = score, start, self._ids[piece]
            if not single and base + self._unknown_score > best_score[start + 1]:
                best_score[start + 1] = base + self._unknown_score
                best_start[start + 1], best_id[start + 1] = start, self._unknown_id
        return self._path(best_start, best_id)

    def _path(self, best_start: list[int], best_id: list[int]) -> tuple[int, ...]:
        """Ids along the best path; a run of unknown characters is one unknown token."""
        backwards: list[int] = []
        end = len(best_start) - 1
        while end > 0:
            token = best_id[end]
            if not (token == self._unknown_id and backwards and backwards[-1] == token):
                backwards.append(token)
            end = best_start[end]
        return tuple(reversed(backwards))

    def _pieces_from(self, characters: list[bytes], start: int) -> list[tuple[int, int]]:
        """(end, piece) for every piece that begins at `start`, shortest first."""
        found: list[tuple[int, int]] = []
        prefix = b""
        checksum = 0
        for end in range(start, len(characters)):
            prefix += characters[end]
            checksum = zlib.crc32(characters[end], checksum)
            piece = self._first_piece_with(prefix, checksum)
            if piece is None:
                break
            if self._ends[piece + 1] - self._ends[piece] == len(prefix):
                found.append((end + 1, piece))
        return found

    def _first_piece_with(self, prefix: bytes, checksum: int) -> int | None:
        slot = checksum & self._mask
        while (piece := self._slots[slot]) != _EMPTY_SLOT:
            begin = self._ends[piece]
            # A piece shorter than the prefix would run on into its neighbour's bytes.
            if begin + len(prefix) <= self._ends[piece + 1] and self._pieces.startswith(prefix, begin):
                return int(piece)
            slot = (slot + 1) & self._mask
        return None


def write_tables(tokenizer_json: Path, folder: Path) -> None:
    """Make the tables of `UnigramTokenizer` in `folder` from a `tokenizer.json` holding a unigram model (3 s).

    Raises:
        ModelBuildError: the file holds another kind of tokenizer.
    """
    spec = json.loads(tokenizer_json.read_text(encoding="utf-8"))
    if spec["model"]["type"] != "Unigram" or spec["pre_tokenizer"]["type"] != "Metaspace":
        raise ModelBuildError(f"{tokenizer_json.name} holds no unigram tokenizer; reinstall gonggo[models]")
    special = {token["content"]: token["id"] for token in spec["added_tokens"]}
    vocabulary: list[tuple[str, float]] = spec["model"]["vocab"]
    pieces = sorted(
        (text.encode(), token_id, score)
        for token_id, (text, score) in enumerate(vocabulary)
        if text and text not in special
    )
    ends = np.cumsum([0] + [len(piece) for piece, _, _ in pieces], dtype=np.int32)
    folder.mkdir(parents=True)
    (folder / "pieces.bin").write_bytes(b"".join(piece for piece, _, _ in pieces))
    np.save(folder / "ends.npy", ends)
    np.save(folder / "ids.npy", np.array([token_id for _, token_id, _ in pieces], np.int32))
    np.save(folder / "scores.npy", np.array([score for _, _, score in pieces], np.float64))
    np.save(folder / "slots.npy", _prefix_table([piece.decode() for piece, _, _ in pieces]))
    settings = {
        "begin_id": special["<s>"],
        "end_id": special["</s>"],
        "unknown_id": spec["model"]["unk_id"],
        "lowest_score": min(score for _, score in vocabulary),
        "special": special,
        "normalizer": spec["normalizer"],
    }
    (folder / "settings.json").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")


def _prefix_table(pieces: list[str]) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Open-addressing table of the position of the first piece with each prefix, by the prefix's CRC-32."""
    checksums: list[int] = []
    firsts: list[int] = []
    previous = ""
    for position, piece in enumerate(pieces):
        checksum = 0
        new = False
        for index, character in enumerate(piece):
            checksum = zlib.crc32(character.encode(), checksum)
            new = new or previous[index : index + 1] != character
            if new:
                checksums.append(checksum)
                firsts.append(position)
        previous = piece
    size = 1 << (2 * len(firsts) - 1).bit_length()
    slots = [_EMPTY_SLOT] * size
    for checksum, first in zip(checksums, firsts, strict=True):
        slot = checksum & (size - 1)
        while slots[slot] != _EMPTY_SLOT:
            slot = (slot + 1) & (size - 1)
        slots[slot] = first
    return np.array(slots, np.int32)


def _normalizer(spec: dict[str, Any]) -> Any:
    empty = {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0]]}
    content = json.dumps({"version": "1.0", "normalizer": spec, "model": empty})
    return tokenizers.Tokenizer.from_str(content).normalizer


def _words(normalised: str) -> list[str]:
    """Words with the mark of the space before them, as the `Metaspace` pre-tokenizer cuts them."""
    marked = normalised.replace(" ", _META)
    if marked and not marked.startswith(_META):
        marked = _META + marked
    return _WORDS.findall(marked)
