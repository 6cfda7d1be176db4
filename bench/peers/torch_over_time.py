"""One joint training step of a network over time in PyTorch: the arithmetic of `npm run bench -- over-time`.

    /usr/bin/python3 bench/peers/torch_over_time.py [--threads 1 2] [--steps 3] [--rates 0 0.5 ...] [--batch 16]

Three blocks of 48, 64 and 96 filters: a graph convolution of three heads that first aggregates and then filters, a convolution over
9 frames without padding, a residual through a matrix. Prints one JSON object a line: {"peer", "threads", "msPerStep", "cpuMsPerStep", "rates", "version"}.
"""

import argparse
import json
import math
import statistics
import time

import torch
import torch.nn.functional as functional

FRAMES, NODES, CHANNELS, CLASSES, HEADS, KERNEL = 64, 25, 12, 60, 3, 9
FILTERS = [48, 64, 96]
CRISPNESS = 1000.0


def shapes():
    channels = CHANNELS
    for filters in FILTERS:
        yield (HEADS, NODES, NODES), NODES
        yield (filters, HEADS * channels, 1, 1), HEADS * channels
        yield (filters, filters, KERNEL, 1), filters * KERNEL
        yield (filters, channels, 1, 1), channels
        channels = filters
    yield (CLASSES, channels), channels


def forward(x, weights, biases):
    """x: [batch][channels][frames][nodes]"""
    margin = KERNEL // 2
    for block in range(len(FILTERS)):
        attention, filters, temporal, residual = weights[4 * block : 4 * block + 4]
        batch, channels, frames, nodes = x.shape
        z = torch.einsum("bctv,hwv->bhctw", x, attention).reshape(batch, HEADS * channels, frames, nodes)
        y = torch.relu(functional.conv2d(z, filters, biases[2 * block]))
        kept = x[:, :, margin : frames - margin]
        x = torch.relu(functional.conv2d(y, temporal, biases[2 * block + 1]) + functional.conv2d(kept, residual))
    return functional.linear(x.mean((2, 3)), weights[-1], biases[-1])


def mask(latents, fans, rate, thresholds):
    scales = [math.sqrt(2 / fan) for fan in fans]
    if rate == 0:
        return [w * s for w, s in zip(latents, scales)]
    square = thresholds[rate] ** 2
    return [s * w * torch.sigmoid(CRISPNESS * (w * w - square)) for w, s in zip(latents, scales)]


def measure(threads, rates, batch, steps):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    sizes, fans = zip(*shapes())
    latents = [torch.randn(shape, requires_grad=True) for shape in sizes]
    widths = [width for filters in FILTERS for width in (filters, filters)] + [CLASSES]
    biases = [torch.zeros(width, requires_grad=True) for width in widths]
    optimiser = torch.optim.Adam([*latents, *biases], lr=1e-5)
    x = torch.randn(batch, CHANNELS, FRAMES, NODES)
    labels = torch.randint(0, CLASSES, (batch,))
    magnitudes = torch.cat([w.detach().abs().reshape(-1) for w in latents])
    thresholds = {rate: float(torch.quantile(magnitudes, rate)) for rate in rates}

    def step():
        optimiser.zero_grad(set_to_none=True)
        for rate in rates:
            logits = forward(x, mask(latents, fans, rate, thresholds), biases)
            (functional.cross_entropy(logits, labels) / len(rates)).backward()
        optimiser.step()

    step()
    times, cpu_times = [], []
    for _ in range(steps):
        start, cpu_start = time.perf_counter(), time.process_time()
        step()
        times.append(1000 * (time.perf_counter() - start))
        cpu_times.append(1000 * (time.process_time() - cpu_start))
    return statistics.median(times), statistics.median(cpu_times)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rates", type=float, nargs="+", default=[0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98])
    options = parser.parse_args()
    for threads in options.threads:
        ms, cpu_ms = measure(threads, options.rates, options.batch, options.steps)
        row = {"peer": "pytorch", "threads": threads, "msPerStep": round(ms, 1), "cpuMsPerStep": round(cpu_ms, 1)}
        print(json.dumps({**row, "rates": options.rates, "version": torch.__version__}), flush=True)


if __name__ == "__main__":
    main()
