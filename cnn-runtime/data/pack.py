#!/usr/bin/env python3
"""Packs the data sets that the crate embeds. Standard library only.

    python3 pack.py FOLDER

FOLDER holds `optdigits` and `fashion_mnist`, each with four IDX files as MNIST names them:
{train,t10k}-{images-idx3,labels-idx1}-ubyte, plain or with .gz at the end.
Writes digits.bin and fashion.bin beside this script; README.md there describes them.
"""

import gzip
import pathlib
import struct
import sys
import zlib

HERE = pathlib.Path(__file__).resolve().parent


def read_idx(folder, name):
    """The bytes of an IDX file, cut into items."""
    path = folder / name
    data = path.read_bytes() if path.exists() else gzip.decompress((folder / f"{name}.gz").read_bytes())
    zero, kind, rank = struct.unpack_from(">HBB", data)
    assert (zero, kind) == (0, 8), f"{path}: not an IDX file of bytes"
    count, *shape = struct.unpack_from(f">{rank}I", data, 4)
    size, body = 1, data[4 + 4 * rank :]
    for extent in shape:
        size *= extent
    assert len(body) == count * size, f"{path}: {len(body)} bytes, not {count} x {size}"
    return [body[i * size : (i + 1) * size] for i in range(count)]


def read_part(folder, part):
    images = read_idx(folder, f"{part}-images-idx3-ubyte")
    labels = [item[0] for item in read_idx(folder, f"{part}-labels-idx1-ubyte")]
    assert len(images) == len(labels)
    return list(zip(labels, images))


def first_of_each(samples, n):
    """The first n samples of each class, in the order of the file."""
    seen = [0] * 10
    for label, image in samples:
        seen[label] += 1
        if seen[label] <= n:
            yield label, image


def four_bits(image):
    """Two pixels per byte, the first in the high half: round(pixel / 17), so that 0 and 255 stay what they are."""
    halves = [(pixel + 8) // 17 for pixel in image]
    return bytes(left << 4 | right for left, right in zip(halves[::2], halves[1::2]))


def write(name, records):
    packed = b"".join(bytes([label]) + pixels for label, pixels in records)
    (HERE / name).write_bytes(packed)
    print(f"{name}: {len(packed)} bytes, CRC-32 {zlib.crc32(packed):08x}")


def main():
    folder = pathlib.Path(sys.argv[1])
    digits = read_part(folder / "optdigits", "train") + read_part(folder / "optdigits", "t10k")
    assert len(digits) == 3823 + 1797 and all(max(image) <= 16 for _, image in digits)
    write("digits.bin", digits)

    train = first_of_each(read_part(folder / "fashion_mnist", "train"), 200)
    test = first_of_each(read_part(folder / "fashion_mnist", "t10k"), 50)
    write("fashion.bin", ((label, four_bits(image)) for part in (train, test) for label, image in part))


main()
