"""One joint training step of the reference shape in PyTorch, the same arithmetic as `anyrate bench step`.

    python3 bench/peers/torch_step.py [--threads 1 2] [--steps 5] [--rounds 3] [--rates ...]

The variants are taken in turn, and the best round's median is reported.
Prints one JSON object a line: {"peer", "divergence", "threads", "msPerStep", "rates", "version"}.
"""

import argparse
import json
import math
import statistics
import time

import torch
import torch.nn.functional as functional

NODES, CHANNELS, HEADS, FILTERS, DENSE, CLASSES, BATCH = 30, 12, 16, 32, 128, 8, 200
CRISPNESS, BINS, RANGE, WEIGHT = 1000.0, 100, 4.0, 100.0
SHAPES = [(HEADS, NODES, NODES), (HEADS * CHANNELS, FILTERS), (NODES * FILTERS, DENSE), (DENSE, CLASSES)]
FAN_IN = [NODES, HEADS * CHANNELS, NODES * FILTERS, DENSE]


def forward(x, weights, biases):
    attention, filters, dense, classifier = weights
    z = torch.matmul(attention, x.unsqueeze(1))  # [batch, heads, nodes, channels]
    z = z.permute(0, 2, 1, 3).reshape(-1, HEADS * CHANNELS)
    y = torch.relu(torch.addmm(biases[0], z, filters)).reshape(BATCH, -1)
    y = torch.relu(torch.addmm(biases[1], y, dense))
    return torch.addmm(biases[2], y, classifier)


def mask(latents, rate, thresholds):
    if rate == 0:
        return [w * math.sqrt(2 / fan) for w, fan in zip(latents, FAN_IN)]
    square = thresholds[rate] ** 2
    return [math.sqrt(2 / fan) * w * torch.sigmoid(CRISPNESS * (w * w - square)) for w, fan in zip(latents, FAN_IN)]


def textbook_histogram(values, centres, width):
    """Gaussian kernel, every weight with every bin."""
    return torch.exp(-(((values[:, None] - centres[None, :]) / width) ** 2)).sum(0)


def compact_histogram(values, centres, width):
    """Triangular kernel: each weight touches the two bins beside it."""
    position = ((values - centres[0]) / width).clamp(0, len(centres) - 1)
    low = position.detach().floor().clamp(max=len(centres) - 2)
    share = position - low
    masses = torch.zeros(len(centres))
    masses = masses.index_add(0, low.long(), 1 - share)
    return masses.index_add(0, low.long() + 1, share)


def divergence(latents, histogram):
    values = torch.cat([w.reshape(-1) for w in latents])
    centres = torch.linspace(-RANGE, RANGE, BINS)
    masses = histogram(values, centres, float(centres[1] - centres[0]))
    observed = masses / masses.sum()
    prior = torch.exp(-0.5 * centres**2)
    prior = prior / prior.sum()
    return (prior * (torch.log(prior) - torch.log(observed + 1e-6))).sum()


KINDS = {"none": None, "compact": compact_histogram, "textbook": textbook_histogram}


def measure(threads, rates, histogram, steps):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    latents = [torch.randn(shape, requires_grad=True) for shape in SHAPES]
    biases = [torch.zeros(size, requires_grad=True) for size in (FILTERS, DENSE, CLASSES)]
    optimiser = torch.optim.Adam([*latents, *biases], lr=1e-5)
    x = torch.randn(BATCH, NODES, CHANNELS)
    labels = torch.randint(0, CLASSES, (BATCH,))
    magnitudes = torch.cat([w.detach().abs().reshape(-1) for w in latents])
    thresholds = {rate: float(torch.quantile(magnitudes, rate)) for rate in rates}

    def step():
        optimiser.zero_grad(set_to_none=True)
        loss = sum(
            functional.cross_entropy(forward(x, mask(latents, rate, thresholds), biases), labels) for rate in rates
        ) / len(rates)
        if histogram is not None:
            loss = loss + WEIGHT * divergence(latents, histogram)
        loss.backward()
        optimiser.step()

    for _ in range(2):
        step()
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rates", type=float, nargs="+", default=[0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98])
    options = parser.parse_args()
    variants = [(threads, name) for threads in options.threads for name in KINDS]
    rounds = [
        [measure(threads, options.rates, KINDS[name], options.steps) for threads, name in variants]
        for _ in range(options.rounds)
    ]
    for (threads, name), times in zip(variants, zip(*rounds)):
        row = {"peer": "pytorch", "divergence": name, "threads": threads, "msPerStep": round(min(times), 2)}
        print(json.dumps({**row, "rates": options.rates, "version": torch.__version__}), flush=True)


if __name__ == "__main__":
    main()
