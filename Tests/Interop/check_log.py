# SPDX-License-Identifier: Apache-2.0
"""Checks a log's files with PyPI's `cryptography` (signatures) and `pymerkle` (hashing, proofs, roots).

    python3 check_log.py FOLDER

Exits 1, saying why, if anything does not hold. Lawspeaker shares nothing with either package. pymerkle's proofs of
consistency are not those of RFC 9162, so where the folder has `entries` (one a line, in base 64) both roots are worked
out from them instead.
"""

import base64
import binascii
import hashlib
import pathlib
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pymerkle import InclusionProof, InmemoryTree, InvalidProof, verify_inclusion


class Refused(Exception):
    pass


def require(holds, words):
    if not holds:
        raise Refused(words)


def read_key(text):
    name, number, data = text.removesuffix("\n").split("+", 2)
    data = base64.b64decode(data, validate=True)
    expected = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    require(data[0] == 1 and expected.hex() == number, "vkey: the number is not the key's")
    return name, expected, Ed25519PublicKey.from_public_bytes(data[1:])


def read_checkpoint(text, key):
    """Returns the size and the root that the key has signed."""
    name, number, public = key
    body, _, signatures = text.rpartition("\n\n")
    body += "\n"
    signed = False
    for line in signatures.removesuffix("\n").split("\n"):
        dash, signer, data = line.split(" ")
        data = base64.b64decode(data, validate=True)
        if dash == "\N{EM DASH}" and signer == name and data[:4] == number:
            public.verify(data[4:], body.encode())
            signed = True
    require(signed, "not signed by the key")
    origin, size, root = body.removesuffix("\n").split("\n")
    require(origin == name, "of another log")
    return int(size), base64.b64decode(root, validate=True)


def sides(index, size):
    """For the leaf and each node above it: whether it is a right half (1), as pymerkle wants it."""
    start, end, found = 0, size, [0]
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        is_right = index >= middle
        start, end = (middle, end) if is_right else (start, middle)
        found.append(int(is_right))
    return found[::-1]


def check_entry(text, key):
    proof, _, checkpoint = text.partition("\n\n")
    header, extra, number, *path = proof.split("\n")
    require(header == "c2sp.org/tlog-proof@v1", "not a proof")
    require(extra.startswith("extra ") and number.startswith("index "), "no entry or no index")
    index = int(number.removeprefix("index "))
    size, root = read_checkpoint(checkpoint, key)
    entry = base64.b64decode(extra.removeprefix("extra "), validate=True)
    leaf = InmemoryTree(algorithm="sha256").hash_buff(entry)
    path = [leaf] + [base64.b64decode(line, validate=True) for line in path]
    proof = InclusionProof("sha256", True, size, index + 1, sides(index, size), path)
    verify_inclusion(leaf, root, proof, index=index + 1, size=size, algorithm="sha256")


def check(folder):
    def text(name):
        return (folder / name).read_bytes().decode()

    key = read_key(text("vkey"))
    heads = [read_checkpoint(text(name), key) for name in ("older-checkpoint", "checkpoint")]
    check_entry(text("entry.tlog-proof"), key)
    said = f"python: both checkpoints signed by {key[0]}, an entry included"
    if (folder / "entries").exists():
        tree = InmemoryTree(algorithm="sha256")
        for line in text("entries").removesuffix("\n").split("\n"):
            tree.append_entry(base64.b64decode(line, validate=True))
        for size, root in heads:
            require(size <= tree.get_size() and tree.get_root(size) == root, f"another root at {size} entries")
        said += ", both roots those of the entries"
    print(said)


try:
    check(pathlib.Path(sys.argv[1]))
except (Refused, InvalidProof, ValueError, binascii.Error) as reason:
    sys.exit(f"python: {reason or type(reason).__name__}")
except InvalidSignature:
    sys.exit("python: a signature is not the key's")
