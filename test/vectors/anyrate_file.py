"""Reads and writes .anyrate files by docs/format.md alone, with nothing but the standard library.

    anyrate_file.py read RATE...   a file on standard input -> JSON: the network at each rate, as `describe` says
    anyrate_file.py write          JSON on standard input -> a file, as `write` says
"""
import json
import math
import struct
import sys
import zlib

BLOCKS = 400
LARGEST = {'float32': 0x7F7FFFFF, 'float16': 0x7BFF, 'int8': 127}


class Reader:
    """A bit stream: each byte, and each number, lowest bit first."""

    def __init__(self, data):
        self.bits, self.at = [byte >> i & 1 for byte in data for i in range(8)], 0

    def take(self, count):
        self.at += count
        assert self.at <= len(self.bits), 'a bit stream is too short'
        return sum(bit << i for i, bit in enumerate(self.bits[self.at - count:self.at]))

    def rice(self, k):
        ones = 0
        while ones < 20 and self.take(1):
            ones += 1
        return self.take(32) if ones == 20 else (ones << k) + self.take(k)

    def series(self, count, stride):
        k, numbers = self.take(5), []
        for i in range(count):
            code = self.rice(k)
            difference = -(code + 1) // 2 if code % 2 else code // 2
            numbers.append(difference + (numbers[i - stride] if i >= stride else 0))
        return numbers

    def end(self):
        assert len(self.bits) - self.at < 8 and not any(self.bits[self.at:]), 'a bit stream is longer than what it holds'


class Writer:
    def __init__(self):
        self.bits = []

    def put(self, value, count):
        self.bits += [value >> i & 1 for i in range(count)]

    def rice(self, value, k):
        ones = value >> k
        if ones < 20:
            self.put((1 << ones) - 1, ones + 1)
            self.put(value, k)
        else:
            self.put((1 << 20) - 1, 20)
            self.put(value, 32)

    def series(self, numbers, stride, k=3):
        self.put(k, 5)
        for i, number in enumerate(numbers):
            difference = number - (numbers[i - stride] if i >= stride else 0)
            self.rice(2 * difference if difference >= 0 else -2 * difference - 1, k)

    def bytes(self):
        bits = self.bits + [0] * (-len(self.bits) % 8)
        return bytes(sum(bit << i for i, bit in enumerate(bits[at:at + 8])) for at in range(0, len(bits), 8))


def sealed(data):
    return data + struct.pack('<I', zlib.crc32(data))


def unsealed(data):
    assert zlib.crc32(data[:-4]) == struct.unpack('<I', data[-4:])[0], 'a checksum does not hold'
    return data[:-4]


def half_up(x):
    return math.floor(x + 0.5)


def input_shape(header):
    """Nodes, and channels of each."""
    joints, persons = len(header['layout']['joints']), header['persons']
    channels = 0
    for step in header['preprocessing']['channels']:
        chunks = step.get('chunks', 0)
        channels += {
            'positions': 3 * chunks,
            'velocities': 3 * (chunks - 1),
            'statistics': 12,
            'bone-statistics': 12,
            'distances': persons * len(step.get('joints', [])) * (4 + chunks),
        }[step['step']]
    return persons * joints, channels


def plan(header):
    """Rows and columns of each tensor, and the output channels of each layer."""
    nodes, channels = input_shape(header)
    tensors, outputs = [], []
    for layer in header['layers'] + [{'kind': 'dense', 'units': len(header['classes'])}]:
        if layer['kind'] == 'dense':
            tensors.append((layer['units'], nodes * channels // layer.get('members', 1)))
            nodes, channels = 1, layer['units']
        else:
            heads, filters = layer['heads'], layer['filters']
            groups = heads if layer['combine'] == 'concatenate' else 1
            if channels <= filters:
                tensors += [(nodes * heads, nodes), (groups * filters, heads // groups * channels)]
            else:
                tensors += [(heads * filters, channels), (groups * nodes, nodes * heads // groups)]
            channels = groups * filters
        outputs.append(channels)
    return tensors, outputs


def block_ends(weights, nonzeros):
    ends, block = [], 0
    while (ends[-1] if ends else 0) < nonzeros:
        block += 1
        end = min(half_up(block / BLOCKS * weights), nonzeros)
        if end > (ends[-1] if ends else 0):
            ends.append(end)
    return ends


def magnitude(code, header):
    if header['precision'] == 'int8':
        return code * header['step']
    return struct.unpack('<e', struct.pack('<H', code))[0] if header['precision'] == 'float16' else float32(code)


def float32(code):
    return struct.unpack('<f', struct.pack('<I', code))[0]


def read(data):
    """Header, tables, and [position, code, latent] of the weights, by falling code, equal ones by position."""
    assert data[:8] == b'anyrate\x03', 'not an .anyrate file of version 3'
    header_length, tables_length = struct.unpack('<II', data[8:16])
    start = 16 + header_length + tables_length + 4
    front = unsealed(data[:start])
    header = json.loads(front[16:16 + header_length].decode('utf-8'))
    tensors, outputs = plan(header)
    weights = sum(rows * columns for rows, columns in tensors)
    ends = block_ends(weights, header['nonzeros'])
    bits = Reader(front[16 + header_length:])
    lengths = bits.series(len(ends), 1)
    nodes, channels = input_shape(header)
    inverse = [(2 + c % 2) * 2.0 ** (c // 2) for c in bits.series(nodes * channels, channels)]
    mean = [m / (8 * d) for m, d in zip(bits.series(nodes * channels, channels), inverse)]
    curves = [curve(bits, size, header) for size in [1] * len(tensors) + outputs]
    bits.end()
    tables = {'mean': mean, 'inverseDeviation': inverse, 'gains': curves[:len(tensors)], 'biases': curves[len(tensors):]}
    found, previous, limit, positions = [], 0, LARGEST[header['precision']], set()
    for length, end in zip(lengths, ends):
        if start == len(data):
            break
        block = Reader(unsealed(data[start:start + length]))
        k, width, least = block.take(5), block.take(6), block.take(32)
        position, entries = -1, []
        for _ in range(end - previous):
            position += block.rice(k) + 1
            sign = -1 if block.take(1) else 1
            code = least + block.take(width)
            assert 0 < code <= limit and position < weights and position not in positions
            positions.add(position)
            entries.append([position, code, sign * magnitude(code, header)])
        block.end()
        found += sorted(entries, key=lambda entry: (-entry[1], entry[0]))
        start, previous, limit = start + length, end, least
    assert start == len(data), 'the file does not end after a block'
    return header, tables, found


def curve(bits, size, header):
    """[knot][number]"""
    count = header['knots'] * size
    if header['precision'] == 'float32':
        numbers = [(-1 if bits.take(1) else 1) * float32(bits.take(31)) for _ in range(count)]
    else:
        numbers = [code * 2.0 ** -9 for code in bits.series(count, size)]
    return [numbers[at:at + size] for at in range(0, count, size)]


def at_rate(knots, rate):
    """The numbers of a curve at a rate."""
    x = min(-math.log2(1 - rate), len(knots) - 1)
    low = int(x)
    high = min(low + 1, len(knots) - 1)
    return [a + (x - low) * (b - a) for a, b in zip(knots[low], knots[high])]


def describe(header, tables, found, rate):
    """Weights as [tensor, place, s · exp(gain) · latent], by position, the biases of each layer, and the temperature."""
    tensors, _ = plan(header)
    starts = [sum(rows * columns for rows, columns in tensors[:t]) for t in range(len(tensors) + 1)]
    kept = found[:half_up((1 - rate) * starts[-1])]
    gains = [math.exp(at_rate(gain, rate)[0]) for gain in tables['gains']]
    weights = []
    for position, _, latent in sorted(kept):
        t = max(i for i in range(len(tensors)) if starts[i] <= position)
        weights.append([t, position - starts[t], header['scales'][t] * gains[t] * latent])
    return {
        'weights': weights,
        'biases': [at_rate(bias, rate) for bias in tables['biases']],
        'temperature': at_rate([[value] for value in header.get('temperatures', [1])], rate)[0],
    }


def write(spec):
    """A file of a `header` without nonzeros, codes `inverseDeviation`, `mean`, `gains` and `biases` of the tables, and
    `weights`: [position, code], the code below zero for a negative weight. Not for float32."""
    header = dict(spec['header'], nonzeros=len(spec['weights']))
    tensors, outputs = plan(header)
    found = sorted(spec['weights'], key=lambda entry: (-abs(entry[1]), entry[0]))
    blocks, previous = [], 0
    for end in block_ends(sum(rows * columns for rows, columns in tensors), len(found)):
        codes = [abs(code) for _, code in found[previous:end]]
        width = (max(codes) - min(codes)).bit_length()
        block, last = Writer(), -1
        block.put(7, 5)
        block.put(width, 6)
        block.put(min(codes), 32)
        for position, code in sorted(found[previous:end]):
            block.rice(position - last - 1, 7)
            block.put(code < 0, 1)
            block.put(abs(code) - min(codes), width)
            last = position
        blocks.append(sealed(block.bytes()))
        previous = end
    channels = input_shape(header)[1]
    tables = Writer()
    tables.series([len(block) for block in blocks], 1)
    tables.series(spec['inverseDeviation'], channels)
    tables.series(spec['mean'], channels)
    for numbers, size in zip(spec['gains'] + spec['biases'], [1] * len(tensors) + outputs):
        tables.series(numbers, size)
    text = json.dumps(header, ensure_ascii=False).encode('utf-8')
    front = b'anyrate\x03' + struct.pack('<II', len(text), len(tables.bytes())) + text + tables.bytes()
    return sealed(front) + b''.join(blocks)


if sys.argv[1] == 'write':
    sys.stdout.buffer.write(write(json.load(sys.stdin)))
else:
    parts = read(sys.stdin.buffer.read())
    answer = {name: parts[1][name] for name in ('mean', 'inverseDeviation')}
    answer['codes'] = [entry[:2] for entry in parts[2]]
    answer['rates'] = [describe(*parts, float(rate)) for rate in sys.argv[2:]]
    json.dump(answer, sys.stdout)
